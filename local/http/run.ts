import { join } from 'node:path';
import { authority } from './certs';
import { serve } from './serve';
import { type ConnectedHandler, withFaults } from './withFaults';

/** A server's handler, and what has to be put down before its process may end. */
export interface Built {
  readonly handler: ConnectedHandler;
  close?(): Promise<void>;
}

/**
 * Runs one server of the local Azure as a process: reads `TIDEMARK_STATE` and `TIDEMARK_PORT`, adds health and faults,
 * says where it listens, and exits 0 on SIGTERM or SIGINT.
 * @param build gets the state root and the server's own base URL
 */
export async function run(name: string, defaultPort: number, build: (state: string, url: string) => Promise<Built>) {
  const state = process.env['TIDEMARK_STATE'];
  if (!state) throw new Error(`${name} needs TIDEMARK_STATE, the directory that holds the local Azure's state`);
  const port = Number(process.env['TIDEMARK_PORT'] ?? defaultPort);
  const built = await build(state, `https://127.0.0.1:${port}`);
  const served = await serve(withFaults(built.handler), port, await authority(join(state, 'tls')));
  endOnSignal(async () => {
    await served.close();
    await built.close?.();
  });
  console.log(`${name} listens on ${served.url}`);
}

/** Ends the process with 0 on SIGTERM or SIGINT, after `stop`. */
export function endOnSignal(stop: () => Promise<void>): void {
  const end = () => void stop().finally(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}
