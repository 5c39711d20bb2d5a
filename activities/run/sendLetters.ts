import { sendLetters as contract } from '../../shared/contracts/steps';
import { ProblemError } from '../../shared/errors';
import { implement } from '../implement';

const AT_ONCE = 5;

/** Hands waiting letters to the mail service. What it does not take now stays and goes out later: mail never fails a run. */
export const sendLetters = implement(contract, ({ outbox, mail }) => async () => {
  const pending = await outbox.pending(AT_ONCE);
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
});
