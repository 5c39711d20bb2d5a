import { join } from 'node:path';
import { connectShop } from '../sources/connect';
import { createDataDirectory, findMariaDb, serverArguments } from '../sources/mariadb';
import { greets } from '../sources/sftp';
import { environmentOf } from './environment';
import type { ServiceName } from './freePorts';
import type { Service } from './service';
import { type Stack, shopUrl, urlOf } from './stack';

/** Azurite has no question about its health: its refusal of a call without a token is the sign that it lives. */
const answers = async (url: string): Promise<boolean> => {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
  await answer.arrayBuffer();
  return answer.status < 500;
};

/** A server of ours: `dist/local/<name>/main.js`. */
function server(stack: Stack, name: ServiceName, after: readonly ServiceName[], health = '/_local/health'): Service {
  return {
    name,
    after,
    startLimitMs: 60_000,
    graceMs: 10_000,
    command: async () => ({
      file: process.execPath,
      args: ['--enable-source-maps', join(stack.layout.root, 'dist/local', name, 'main.js')],
      env: await environmentOf(stack, name),
    }),
    probe: () => answers(`${urlOf(stack, name)}${health}`),
  };
}

function mysql(stack: Stack): Service {
  const home = join(stack.layout.state, 'mysql');
  return {
    name: 'mysql',
    after: [],
    startLimitMs: 60_000,
    graceMs: 15_000,
    command: async () => {
      const found = await findMariaDb(stack.layout.tools);
      await createDataDirectory(found, home);
      const { shopPassword: shop, readerPassword: reader } = stack.secrets;
      const place = { home, port: stack.ports.mysql, tls: join(stack.layout.state, 'tls') };
      return {
        file: found.binary,
        args: await serverArguments(found, place, { shop, reader }),
        env: {},
      };
    },
    probe: async () => {
      const connection = await connectShop(shopUrl(stack));
      await connection.end();
      return true;
    },
  };
}

function sftp(stack: Stack): Service {
  return {
    name: 'sftp',
    after: [],
    startLimitMs: 60_000,
    graceMs: 5000,
    command: async () => ({
      file: join(stack.layout.root, '.venv/bin/python'),
      args: [join(stack.layout.root, 'local/sources/sftp_server.py')],
      env: { TIDEMARK_PORT: String(stack.ports.sftp), PYTHONUNBUFFERED: '1' },
    }),
    probe: () => greets(stack.ports.sftp),
  };
}

/** Every service of a stack, the slow ones first: they start in parallel, and two cores are soon busy. */
export const services = (stack: Stack): readonly Service[] => [
  mysql(stack),
  server(stack, 'identity', []),
  server(stack, 'databricks', ['identity']),
  server(stack, 'tables', [], '/'),
  sftp(stack),
  server(stack, 'vault', ['identity']),
  server(stack, 'lake', ['identity']),
  server(stack, 'mail', ['identity']),
  server(stack, 'adf', ['identity']),
  server(stack, 'host', ['identity', 'vault', 'lake', 'mail', 'tables', 'adf', 'sftp'], '/api/v1/health'),
];
