import { type IncomingMessage, request as plain, type RequestOptions } from 'node:http';
import { request as secure } from 'node:https';
import { rootCertificates } from 'node:tls';
import type { Connection } from './connection';
import { exits, Fault } from './fault';

export interface Call {
  readonly method?: 'GET' | 'POST';
  readonly body?: string;
  readonly type?: string;
  readonly accept?: string;
  /** Makes a request that changes something the same one when it is sent again. */
  readonly key?: string;
}

const TIMEOUT_MS = 60_000;

/**
 * Sends one request below /api/v1 and hands the answer over as a stream, whatever its status.
 * @throws Fault when the API cannot be reached
 */
export function send(connection: Connection, path: string, call: Call = {}): Promise<IncomingMessage> {
  const url = new URL(`${connection.url}/api/v1${path}`);
  const options: RequestOptions & { ca?: string[] } = {
    method: call.method ?? 'GET',
    headers: {
      accept: call.accept ?? 'application/json',
      ...(connection.key ? { 'x-functions-key': connection.key } : {}),
      ...(connection.token ? { authorization: `Bearer ${connection.token}` } : {}),
      ...(call.key === undefined ? {} : { 'idempotency-key': call.key }),
      ...(call.body === undefined ? {} : { 'content-type': call.type ?? 'application/json' }),
    },
    timeout: TIMEOUT_MS,
    ...(connection.ca ? { ca: [...rootCertificates, connection.ca] } : {}),
  };
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'http:' ? plain(url, options, resolve) : secure(url, options, resolve);
    request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    request.on('error', (cause) => reject(unreachable(connection, cause)));
    request.end(call.body);
  });
}

const unreachable = ({ url }: Connection, cause: Error): Fault =>
  new Fault(
    exits.dependency,
    'API_UNREACHABLE',
    `${url} cannot be reached: ${cause.message || (cause as NodeJS.ErrnoException).code}`,
    'Check `tidemark status`, or TIDEMARK_URL and TIDEMARK_CA when the API is elsewhere.',
    { cause },
  );

/** The whole body as text. @throws Fault when it breaks off */
export async function textOf(connection: Connection, answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  try {
    for await (const part of answer) parts.push(part as Buffer);
  } catch (cause) {
    throw unreachable(connection, cause as Error);
  }
  return Buffer.concat(parts).toString('utf8');
}
