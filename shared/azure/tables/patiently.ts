import { TransientError } from '../../errors';
import { problem } from '../../problem';

const TRIES = 10;

/**
 * Repeats read, decide and write until nothing else wrote in between (null means that something did).
 * @throws TransientError when it never comes through
 */
export async function patiently<T>(what: string, attempt: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const outcome = await attempt();
    if (outcome !== null) return outcome;
  }
  const why = `Others wrote in between ${TRIES} times.`;
  throw new TransientError(problem('WINDOW_CONFLICT', what, why, 'It is tried again by itself.', true));
}
