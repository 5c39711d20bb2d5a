import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurable } from '../disk/durable';
import { readJson } from '../disk/readJson';

/** Directory of the local Azure. */
export const TENANT = '00000000-0000-4000-8000-000000000001';
/** The API of the product as an app registration: callers ask for `api://tidemark/.default`, tokens name the id. */
export const API = { clientId: '00000000-0000-4000-8000-0000000000a0', uri: 'api://tidemark' } as const;

/** App roles that the API knows. */
const Role = z.enum(['Reader', 'Operator', 'Admin']);
const Principal = z.object({
  name: z.string().min(1),
  oid: z.uuid(),
  clientId: z.uuid(),
  roles: z.array(Role).default([]),
});
export type Principal = z.infer<typeof Principal>;

/** Managed identities by the value of `X-IDENTITY-HEADER`: one header, so one system-assigned identity, a process. */
export const Managed = z.record(z.string().min(16), Principal.extend({ userAssigned: z.array(Principal).default([]) }));
/** App registrations with a client secret, by client id. */
export const Clients = z.record(z.uuid(), Principal.omit({ clientId: true }).extend({ secret: z.string().min(16) }));

export interface Registry {
  readonly managed: z.infer<typeof Managed>;
  readonly clients: z.infer<typeof Clients>;
}

const id = (suffix: string) => `00000000-0000-4000-8000-0000000000${suffix}`;
const secret = () => randomBytes(32).toString('base64url');
const principal = (name: string, suffix: string, roles: z.infer<typeof Role>[] = []): Principal => ({
  name,
  oid: id(`1${suffix}`),
  clientId: id(`2${suffix}`),
  roles,
});

/** The identities of a fresh state: `app` may also act as a user-assigned one. Secrets are random. */
const firstManaged = (): Registry['managed'] => ({
  [secret()]: { ...principal('app', '1'), userAssigned: [principal('app-assigned', '2')] },
  [secret()]: { ...principal('factory', '3', ['Reader']), userAssigned: [] },
  [secret()]: { ...principal('databricks', '4'), userAssigned: [] },
});

function firstClients(): Registry['clients'] {
  const all = [
    principal('app-principal', '5'),
    principal('reader-cli', '6', ['Reader']),
    principal('operator-cli', '7', ['Operator']),
    principal('admin-cli', '8', ['Admin']),
  ];
  return Object.fromEntries(all.map(({ clientId, ...rest }) => [clientId, { ...rest, secret: secret() }]));
}

/**
 * Reads `identities.json` and `clients.json` of the directory and writes the ones that are missing.
 * @param environment `TIDEMARK_IDENTITIES` replaces the identities; a bare `IDENTITY_HEADER` becomes the one of `app`
 */
export async function registry(directory: string, environment: NodeJS.ProcessEnv = process.env): Promise<Registry> {
  const given = environment['TIDEMARK_IDENTITIES'];
  const managed = given
    ? Managed.parse(JSON.parse(given))
    : await readOrWrite(join(directory, 'identities.json'), Managed, firstManaged);
  const clients = await readOrWrite(join(directory, 'clients.json'), Clients, firstClients);
  const header = environment['IDENTITY_HEADER'];
  const app = Object.values(managed).find(({ name }) => name === 'app');
  return { managed: header && app ? { ...managed, [header]: app } : managed, clients };
}

async function readOrWrite<T extends z.ZodType>(path: string, schema: T, first: () => z.infer<T>): Promise<z.infer<T>> {
  const found = await readJson(path, schema);
  if (found !== undefined) return found;
  const fresh = first();
  await writeDurable(path, JSON.stringify(fresh, null, 2));
  return fresh;
}
