import type { OrchestrationContext } from 'durable-functions';
import type { Problem } from '../shared/contracts/problem';
import { type Copied, type LookTask, planWindow, readCopy, startCopy } from '../shared/contracts/steps';
import type { Window } from '../shared/contracts/window';
import { call, poll, type Steps } from './call';

type CopyOutcome =
  | { kind: 'copied'; window: Window; copied: Copied }
  | { kind: 'landed-before'; window: Window }
  | { kind: 'parked'; window: Window }
  | { kind: 'failed'; window: Window; problem: Problem };

/** Copies a planned window into bronze; a transient failure gets a new attempt, with its own folder and the same lower bound. */
export function* copyWindow(context: OrchestrationContext, look: LookTask, planned: Window): Steps<CopyOutcome> {
  let window = planned;
  const until = planned.upper;
  if (window.state !== 'planned') return { kind: 'landed-before', window };
  for (let left = look.task.attempts - 1; ; left -= 1) {
    const work = { ...look, window };
    const copy = yield* call(context, startCopy, work);
    const copied = yield* poll(context, look.task.pace, () => call(context, readCopy, { ...work, copy }));
    if (copied.kind === 'parked') return copied;
    if (copied.kind === 'copied') return { kind: 'copied', window, copied };
    if (!copied.problem.transient || left === 0) return { kind: 'failed', window, problem: copied.problem };
    const again = yield* call(context, planWindow, { ...look, files: window.files, until });
    if (again.kind !== 'ready') return { kind: 'failed', window, problem: copied.problem };
    window = again.window;
  }
}
