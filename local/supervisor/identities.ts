import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from '../disk/readJson';

const Managed = z.record(z.string(), z.looseObject({ name: z.string() }));
const Clients = z.record(z.string(), z.looseObject({ name: z.string(), secret: z.string() }));

/** The value of IDENTITY_HEADER by which the identity server knows a process; it is there once that server is healthy. */
export async function identityHeader(state: string, name: 'app' | 'factory' | 'databricks'): Promise<string> {
  const managed = await readJson(join(state, 'identity/identities.json'), Managed);
  const found = Object.entries(managed ?? {}).find(([, principal]) => principal.name === name);
  if (found === undefined)
    throw new Error(`the identity server knows no identity ${name}; remove its state and start again`);
  return found[0];
}

/** Id and secret of an app registration of the local tenant. */
export async function clientOf(state: string, name: string): Promise<{ id: string; secret: string }> {
  const clients = await readJson(join(state, 'identity/clients.json'), Clients);
  const found = Object.entries(clients ?? {}).find(([, client]) => client.name === name);
  if (found === undefined)
    throw new Error(`the identity server knows no client ${name}; remove its state and start again`);
  return { id: found[0], secret: found[1].secret };
}
