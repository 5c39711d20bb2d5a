import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authority, authority } from '../../local/http/certs';
import type { Built } from '../../local/http/run';
import { type Served, serve } from '../../local/http/serve';
import { type ConnectedHandler, withFaults } from '../../local/http/withFaults';
import { trust } from './trust';

/** A state directory of its own for one test file, with an authority that this process trusts. */
export interface LocalState {
  readonly directory: string;
  readonly tls: Authority;
  /** Serves a handler with health and faults on a free port. */
  serve(handler: ConnectedHandler): Promise<Served>;
  /** Serves what `build` makes of the server's own URL, for servers that need to know it. */
  start(build: (url: string) => Built | Promise<Built>): Promise<string>;
  /** Closes every server and removes the directory. */
  dispose(): Promise<void>;
}

export async function localState(): Promise<LocalState> {
  const directory = await mkdtemp(join(tmpdir(), 'tidemark-'));
  const own = await authority(join(directory, 'tls'));
  trust(await readFile(own.caPath, 'utf8'));
  const running: { close?(): Promise<void> }[] = [];
  const serveHere = async (handler: ConnectedHandler) => {
    const served = await serve(withFaults(handler), 0, own);
    running.push(served);
    return served;
  };
  return {
    directory,
    tls: own,
    serve: serveHere,
    async start(build) {
      let handler: ConnectedHandler = () => new Response('not built yet', { status: 503 });
      const { url } = await serveHere((request, connection) => handler(request, connection));
      const built = await build(url);
      running.push(built);
      handler = built.handler;
      return url;
    },
    async dispose() {
      await Promise.all(running.map((one) => one.close?.()));
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
