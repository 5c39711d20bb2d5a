import { TransientError } from '../../shared/errors';
import { isNewer } from '../../shared/gold/newer';
import type { Lake } from '../../shared/ports/lake';
import { problem } from '../../shared/problem';

const TRIES = 10;

/**
 * Gives a file of the exports its place, marked with the serial of its form, unless that of a newer form lies there: then
 * it is dropped. What was looked at is what the rename replaces, so an older form never follows a newer one.
 * @returns false when the file is gone and its place does not hold this form, nor a newer one
 * @throws TransientError when others place theirs again and again
 */
export async function place(lake: Lake, from: string, to: string, serial: string): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const own = await lake.marked('exports', from);
    const there = await lake.marked('exports', to);
    const held = there?.mark ?? '0';
    // An earlier attempt has moved it, or dropped it.
    if (!own) return there !== null && !isNewer(serial, held);
    if (there && isNewer(held, serial)) {
      await lake.remove('exports', from);
      return true;
    }
    if (await lake.move('exports', from, to, serial, there?.etag ?? null)) return true;
  }
  const why = `Another form took its place ${TRIES} times.`;
  throw new TransientError(problem('WINDOW_CONFLICT', to, why, 'It is tried again by itself.', true));
}
