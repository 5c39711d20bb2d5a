import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Handler, Served } from '../../http/serve';

/** Serves a handler over plain HTTP on a free loopback port: the door for the client library inside this process. */
export async function servePlain(handler: Handler): Promise<Served> {
  const server = createServer(getRequestListener(handler, { overrideGlobalObjects: false }));
  // The client lives in this process: after code that blocks the event loop, an idle timeout would reset its next call.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
