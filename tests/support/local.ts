import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authority, authority } from '../../local/http/certs';
import { type Served, serve } from '../../local/http/serve';
import { type ConnectedHandler, withFaults } from '../../local/http/withFaults';
import { trust } from './trust';

/** A state directory of its own for one test file, with an authority that this process trusts. */
export interface LocalState {
  readonly directory: string;
  readonly tls: Authority;
  /** Serves a handler with health and faults on a free port. */
  serve(handler: ConnectedHandler): Promise<Served>;
  /** Closes every server and removes the directory. */
  dispose(): Promise<void>;
}

export async function localState(): Promise<LocalState> {
  const directory = await mkdtemp(join(tmpdir(), 'tidemark-'));
  const own = await authority(join(directory, 'tls'));
  trust(await readFile(own.caPath, 'utf8'));
  const running: Served[] = [];
  return {
    directory,
    tls: own,
    async serve(handler) {
      const served = await serve(withFaults(handler), 0, own);
      running.push(served);
      return served;
    },
    async dispose() {
      await Promise.all(running.map((served) => served.close()));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Plans faults at a running local server, as a scenario or a person would. */
export async function planFaults(url: string, faults: readonly object[]): Promise<void> {
  const answer = await fetch(`${url}/_local/faults`, {
    method: 'POST',
    headers: { 'x-tidemark-local': '1' },
    body: JSON.stringify(faults),
  });
  if (!answer.ok) throw new Error(`the fault plan was refused: ${answer.status} ${await answer.text()}`);
}
