import { ProblemError } from '../../shared/errors';
import type { Ports } from '../../shared/ports/ports';

const AT_ONCE = 5;

/**
 * Hands waiting letters to the mail service. What it does not take now stays and goes out later: mail never fails a run.
 * @param queuedBefore an ISO instant: later letters are left to whoever queued them
 */
export async function post({ outbox, mail }: Ports, queuedBefore = '~'): Promise<{ sent: number; waiting: number }> {
  const pending = (await outbox.pending(AT_ONCE)).filter(({ queued }) => queued < queuedBefore);
  let sent = 0;
  for (const { key, letter } of pending) {
    try {
      await mail.send(letter, key);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      break;
    }
    await outbox.sent(key);
    sent += 1;
  }
  return { sent, waiting: pending.length - sent };
}
