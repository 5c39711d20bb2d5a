import { Agent, request } from 'node:https';

const agent = new Agent({ rejectUnauthorized: false, keepAlive: true });

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** One call of the durable API; rejects when the host dies meanwhile. */
export function ask(url: string, method: string, path: string, body?: unknown): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${url}/runtime/webhooks/durabletask/${path}`,
      { agent, method, timeout: 5000 },
      (incoming) => {
        let text = '';
        incoming.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        incoming.once('end', () => resolve({ status: incoming.statusCode ?? 0, body: text }));
        incoming.once('error', reject);
      },
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error('no answer')));
    outgoing.once('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  readonly output: unknown;
}

export const EVENTS = 60;

const mixedOutput = (n: number): number => 2 * (n + (2 * (6 * n + 15) + 100) + (2 * n + 1) + 1);

/** A third chains, two thirds the mix, one collector of numbered events; with the output that each must have. */
export function jobs(count: number): Job[] {
  const mixed = Array.from(
    { length: count },
    (_, n): Job =>
      n % 3 === 0
        ? { id: `job-${n}`, name: 'chain', input: n, output: n * 256 }
        : { id: `job-${n}`, name: 'mixed', input: { n, round: 0, sum: 0 }, output: mixedOutput(n) },
  );
  const collector = {
    id: 'collector',
    name: 'collector',
    input: { next: 1, last: EVENTS, gaps: 0 },
    output: { received: EVENTS, gaps: 0 },
  };
  return [...mixed, collector];
}

/** What is wrong with the instances of a host: missing, unfinished, or with another output. */
export async function problems(url: string, expected: readonly Job[]): Promise<string[]> {
  const found: string[] = [];
  for (const { id, output } of expected) {
    const { status, body } = await ask(url, 'GET', `instances/${id}`);
    if (status !== 200) {
      found.push(`${id}: ${status === 404 ? 'missing' : 'not finished'}`);
      continue;
    }
    const actual = JSON.parse(body) as { runtimeStatus: string; output: unknown };
    const isExact = actual.runtimeStatus === 'Completed' && JSON.stringify(actual.output) === JSON.stringify(output);
    if (!isExact)
      found.push(
        `${id}: ${actual.runtimeStatus} with ${JSON.stringify(actual.output)} instead of ${JSON.stringify(output)}`,
      );
  }
  return found;
}
