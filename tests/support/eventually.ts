import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks until the answer is there.
 * @throws Error that names what never came
 */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>, withinMs = 120_000): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`${what} never came`);
    await sleep(50);
  }
}
