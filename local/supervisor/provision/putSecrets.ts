import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { readSshKeys } from '../../sources/sshKeys';
import { type Stack, urlOf } from '../stack';
import type { Deployer } from './deployer';

const Connections = z.looseObject({
  connections: z.array(z.looseObject({ kind: z.enum(['mysql', 'sftp']), secret: z.string() })),
});

/** Puts the secrets that the catalog's connections name, and the two of the app itself, where the vault lacks them. */
export async function putSecrets(stack: Stack, { send }: Deployer): Promise<void> {
  const { client } = await readSshKeys(stack.layout.state);
  const text = await readFile(stack.layout.catalog, 'utf8');
  const { connections } = Connections.parse(parse(text));
  const values = new Map<string, string>([
    ['pseudonym-key', stack.secrets.pseudonymKey],
    ['databricks-token', stack.secrets.databricksToken],
  ]);
  for (const { kind, secret } of connections) {
    values.set(secret, kind === 'mysql' ? stack.secrets.readerPassword : Buffer.from(client).toString('base64'));
  }
  const resource = 'https://vault.azure.net';
  for (const [name, value] of values) {
    const url = `${urlOf(stack, 'vault')}/secrets/${name}?api-version=7.6`;
    if ((await send(resource, url, {}, [404])) !== 404) continue;
    const body = JSON.stringify({ value });
    await send(resource, url, { method: 'PUT', body, headers: { 'content-type': 'application/json' } });
  }
}
