import type { Posted } from '../../shared/contracts/steps/letters';
import { ProblemError, TransientError, WaitError } from '../../shared/errors';
import type { Ports } from '../../shared/ports/ports';

const AT_ONCE = 5;

/** What was refused for good waits for a person, ever longer: to try it each minute would use up the quota of the others. */
const HOUR_MS = 3_600_000;

/**
 * Hands waiting letters to the mail service. What it does not take now stays and goes out later, behind the others: mail
 * never fails a run, and no letter holds another one back.
 * @param queuedBefore an ISO instant: later letters are left to whoever queued them
 */
export async function post({ outbox, mail, now }: Ports, queuedBefore = '~'): Promise<Posted> {
  const pending = (await outbox.pending(AT_ONCE)).filter(({ queued }) => queued < queuedBefore);
  const failed: Posted['failed'] = [];
  let sent = 0;
  for (const { key, letter, queued } of pending) {
    const fault = await faultOf(() => mail.send(letter, key));
    if (fault instanceof WaitError) break;
    if (fault) {
      const time = now().getTime();
      const pause = fault instanceof TransientError ? 0 : Math.max(HOUR_MS, time - Date.parse(queued));
      await outbox.failed(key, fault.problem.code, new Date(time + pause));
      failed.push({ letter: key, code: fault.problem.code });
      continue;
    }
    await outbox.sent(key);
    sent += 1;
  }
  return { sent, waiting: pending.length - sent, failed };
}

async function faultOf(send: () => Promise<string>): Promise<ProblemError | null> {
  try {
    await send();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
}
