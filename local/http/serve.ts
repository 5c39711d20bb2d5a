import { createServer } from 'node:https';
import { getRequestListener } from '@hono/node-server';

/** One running HTTPS server on 127.0.0.1. */
export interface Served {
  /** Base URL without a trailing slash, for instance `https://127.0.0.1:7443`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Certificate and key of this machine's local authority, both PEM text. */
export interface Tls {
  readonly cert: string;
  readonly key: string;
}

/** A fetch-style handler: a Hono application's `fetch`, or a function of ours. */
export type Handler = (request: Request) => Response | Promise<Response>;

/**
 * Serves a handler over HTTPS on the loopback interface alone.
 * @param port 0 takes a free one
 */
export async function serve(handler: Handler, port: number, tls: Tls): Promise<Served> {
  const server = createServer({ cert: tls.cert, key: tls.key }, getRequestListener(handler));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `https://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
