import { createHash, randomUUID } from 'node:crypto';
import type { AuditEntry } from '../shared/contracts/audit';
import { ProblemError } from '../shared/errors';
import { problem } from '../shared/problem';
import { runId } from '../shared/runs/id';
import type { Call } from './route';

/** What a person asks for. */
interface Wish {
  readonly action: AuditEntry['action'];
  readonly subject: string;
  readonly reason: string;
  /** The request as it was understood: the same key with another one is refused. */
  readonly asked: unknown;
}

/** What became of it: the state before and after, for the audit, and the answer. */
interface Done<T> {
  readonly before: string;
  readonly after: string;
  readonly answer: T;
}

/**
 * Does what a person asks for, and keeps account of it: written down before, completed after. The caller's
 * `Idempotency-Key` makes a repeated request the same operation, with the same id, whenever it comes again; so what
 * `act` does under that id must be safe to repeat.
 * @throws ProblemError KEY_REUSED when the key came with another request
 */
export async function audited<T>(call: Call, wish: Wish, act: (id: string) => Promise<Done<T>>): Promise<T> {
  const { audit, now } = call.services.ports;
  const { actor } = call.caller;
  const key = [actor, call.request.headers.get('idempotency-key') ?? randomUUID()].join('|');
  const at = now();
  const entry = await audit.open(createHash('sha256').update(key).digest('hex'), {
    ...wish,
    id: runId(at, key),
    at: at.toISOString(),
    actor,
    asked: JSON.stringify(wish.asked),
    outcome: 'asked',
    before: '',
    after: '',
  });
  if (entry.action !== wish.action || entry.subject !== wish.subject || entry.asked !== JSON.stringify(wish.asked)) {
    throw new ProblemError(
      problem(
        'KEY_REUSED',
        'request',
        `its Idempotency-Key stands for ${entry.action} ${entry.id}.`,
        'Take a new key.',
      ),
    );
  }
  try {
    const { before, after, answer } = await act(entry.id);
    await audit.close(entry.id, { outcome: 'done', before, after });
    return answer;
  } catch (error) {
    // What may still come through under the same key is not closed.
    if (error instanceof ProblemError && !error.problem.transient) {
      const after = `${error.problem.code}: ${error.problem.why}`;
      await audit.close(entry.id, { outcome: 'refused', before: '', after });
    }
    throw error;
  }
}
