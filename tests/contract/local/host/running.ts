import { mkdtemp } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DurableClient } from 'durable-functions';
import { type Host, type HostOptions, startHost } from '../../../../local/host/host';

export const everything = join(__dirname, 'apps/everything');

/** Log lines of the running host, newest last. */
export const lines: string[] = [];

/** Starts the fixture app on a new state directory, or again on a given one. */
export async function running(options: Partial<HostOptions> = {}): Promise<Host & { readonly state: string }> {
  const state = options.state ?? (await mkdtemp(join(tmpdir(), 'host-')));
  const host = await startHost({
    app: everything,
    port: 0,
    write: (line) => lines.push(line),
    onFatal: (error) => {
      throw error;
    },
    ...options,
    state,
  });
  return { ...host, state };
}

export interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

const agent = new Agent({ rejectUnauthorized: false });

/** One HTTPS call; the certificate is another test's concern. */
export function call(
  url: string,
  init: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent, method: init.method ?? 'GET', headers: init.headers ?? {} }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
      );
    });
    outgoing.once('error', reject);
    outgoing.end(init.body);
  });
}

/** Runs code with the real durable client, inside a function of the fixture app. */
export async function withClient<T>(host: Host, use: (client: DurableClient) => Promise<T>): Promise<T> {
  let result: { value: T } | { error: unknown } | undefined;
  Object.assign(globalThis, {
    useClient: async (client: DurableClient) => {
      try {
        result = { value: await use(client) };
      } catch (error) {
        result = { error };
      }
    },
  });
  await call(`${host.url}/api/client`, { method: 'POST' });
  if (result === undefined) throw new Error('the client was not called');
  if ('error' in result) throw result.error;
  return result.value;
}

/** Starts an orchestration over the client's own address and waits for its end; the output, or the status if it failed. */
export async function outcome(host: Host, name: string, input: unknown = null, query = ''): Promise<unknown> {
  const reply = await fetch(`${host.rpcBaseUrl}orchestrators/${name}?timeout=50${query}`, {
    method: 'POST',
    body: JSON.stringify(input),
  });
  return reply.json();
}

/** Waits until a condition holds, looking every few milliseconds. */
export async function until(holds: () => boolean | Promise<boolean>, within = 10_000): Promise<void> {
  for (const end = Date.now() + within; !(await holds()); ) {
    if (Date.now() > end) throw new Error(`not within ${within} ms: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
