import type { IncomingMessage, ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { commit, type FaultPlan, Faults, faultPlan } from './faults';

/** The raw pair behind a request; absent when a test calls a handler without a socket. */
export interface Connection {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** A fetch-style handler that may also look at the socket, for streams and for cut replies. */
export type ConnectedHandler = (request: Request, connection?: Connection) => Response | Promise<Response>;

/**
 * Adds `GET /_local/health` and the fault plan (`POST`, `GET`, `DELETE /_local/faults`, which want the header
 * `x-tidemark-local: 1`) to a server.
 */
export function withFaults(handler: ConnectedHandler, plan: FaultPlan = faultPlan()): ConnectedHandler {
  return async (request, connection) => {
    const { pathname, search } = new URL(request.url);
    if (pathname === '/_local/health') return Response.json({ status: 'ok' });
    if (pathname === '/_local/faults') return control(request, plan);
    if (pathname.startsWith('/_local/')) return isLocal(request) ? handler(request, connection) : refused();

    const fault = plan.take(request.method, pathname + search);
    const outcome = await commit(fault, async () => handler(request, connection));
    if (outcome === 'drop') return cut(connection);
    if (outcome instanceof Response) return outcome;
    return Response.json(outcome.body ?? faultBody(outcome.status), outcome);
  };
}

/** The body of an injected failure, in the shape that most Azure clients read. */
export const faultBody = (status: number) => ({
  error: { code: status === 429 ? 'TooManyRequests' : 'InjectedFault', message: `injected fault, status ${status}` },
});

/** Whether a request to a `/_local/` route carries the header that keeps a stray web page out. */
const isLocal = (request: Request): boolean => request.headers.get('x-tidemark-local') === '1';

const refused = () =>
  Response.json({ error: { code: 'Forbidden', message: 'send the header x-tidemark-local: 1' } }, { status: 403 });

async function control(request: Request, plan: FaultPlan): Promise<Response> {
  if (!isLocal(request)) return refused();
  if (request.method === 'DELETE') plan.clear();
  if (request.method === 'POST') {
    const faults = Faults.safeParse(await request.json().catch(() => undefined));
    if (!faults.success)
      return Response.json({ error: { code: 'BadFault', message: faults.error.message } }, { status: 400 });
    plan.add(faults.data);
  }
  return Response.json(plan.list());
}

function cut(connection: Connection | undefined): Response {
  if (!connection) throw new Error('a fault wants to cut the connection, but this handler runs without a socket');
  connection.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}
