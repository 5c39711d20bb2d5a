import { randomUUID } from 'node:crypto';
import { type ClientRequest, request as forward, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import type { Invoke } from '../invoke';
import type { Matched } from './routeTable';

/**
 * Calls a function of an app with `enableHttpStream`: the raw request goes to the server which the library has opened, and
 * the function is invoked under the same id. If the function throws, that server never answers, so the request is cut off.
 */
export async function streamedCall(
  streamTo: string,
  request: Request,
  { called, params }: Matched,
  invoke: Invoke,
): Promise<Response> {
  const invocationId = randomUUID();
  const url = new URL(request.url);
  const target = new URL(streamTo);
  const headers = Object.fromEntries(request.headers.entries());
  const outgoing = forward({
    // The library names "localhost"; it listens on every interface.
    host: '127.0.0.1',
    port: target.port,
    method: request.method,
    path: `${url.pathname}${url.search}`,
    headers: {
      ...headers,
      'x-ms-invocation-id': invocationId,
      'x-forwarded-host': url.host,
      'x-forwarded-proto': url.protocol.slice(0, -1),
    },
  });
  const answered = responseTo(outgoing);
  if (request.body === null) outgoing.end();
  else Readable.fromWeb(request.body as WebStream).pipe(outgoing);
  const triggerMetadata = {
    Headers: { json: JSON.stringify(headers) },
    Query: { json: JSON.stringify(Object.fromEntries(url.searchParams)) },
    ...Object.fromEntries(Object.entries(params).map(([name, value]) => [name, { string: value }])),
  };
  const traceParent = request.headers.get('traceparent') ?? undefined;
  const failed = invoke(called, { data: { http: {} }, invocationId, triggerMetadata, traceParent })
    .then((answer) => answer.response())
    .then(() => new Promise<never>(() => undefined))
    .catch((error: unknown) => {
      outgoing.destroy();
      throw error;
    });
  return toResponse(await Promise.race([answered, failed]));
}

const responseTo = (outgoing: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
  });

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'x-ms-invocation-id']);

function toResponse(incoming: IncomingMessage): Response {
  const headers = new Headers();
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = incoming.rawHeaders.slice(at, at + 2);
    if (!HOP_BY_HOP.has(name.toLowerCase())) headers.append(name, value);
  }
  const status = incoming.statusCode ?? 500;
  const isEmpty = status === 204 || status === 304;
  if (isEmpty) incoming.resume();
  return new Response(isEmpty ? null : (Readable.toWeb(incoming) as unknown as ReadableStream), { status, headers });
}
