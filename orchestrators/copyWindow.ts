import type { OrchestrationContext } from 'durable-functions';
import type { Problem } from '../shared/contracts/problem';
import { type Copied, type LookTask, planWindow, readCopy, startCopy } from '../shared/contracts/steps';
import { refuseFiles } from '../shared/contracts/steps/files';
import type { Window } from '../shared/contracts/window';
import { secondsBefore } from '../shared/retry';
import { call, pause, poll, type Steps } from './call';

type CopyOutcome =
  | { kind: 'copied'; window: Window; copied: Copied; refused: Problem[] }
  | { kind: 'landed-before'; window: Window; refused: Problem[] }
  | { kind: 'parked'; window: Window }
  | { kind: 'failed'; window: Window; problem: Problem }
  | { kind: 'all-refused'; refused: Problem[] };

/**
 * Copies a planned window into bronze; a transient failure gets a new attempt, with its own folder and the same
 * bounds. Files that cannot be read are refused, and a new attempt copies the others.
 */
export function* copyWindow(context: OrchestrationContext, look: LookTask, planned: Window): Steps<CopyOutcome> {
  let window = planned;
  const refused: Problem[] = [];
  if (window.state !== 'planned') return { kind: 'landed-before', window, refused };
  for (let left = look.task.attempts - 1; ; ) {
    const work = { ...look, window };
    const copy = yield* call(context, startCopy, work);
    const copied = yield* poll(context, look.task.pace, () => call(context, readCopy, { ...work, copy }));
    if (copied.kind === 'parked') return copied;
    if (copied.kind === 'copied') return { kind: 'copied', window, copied, refused };
    if (copied.kind === 'unreadable') {
      refused.push(...(yield* call(context, refuseFiles, { ...work, files: copied.files })).problems);
      const without = copied.files.map(({ sha256 }) => sha256);
      const others = yield* call(context, planWindow, { ...look, files: [], without, until: null });
      if (others.kind !== 'ready') return { kind: 'all-refused', refused };
      window = others.window;
      continue;
    }
    if (!copied.problem.transient || left === 0) return { kind: 'failed', window, problem: copied.problem };
    yield* pause(context, secondsBefore(look.task.attempts - left + 1));
    const again = yield* call(context, planWindow, { ...look, files: [], without: [], until: null });
    if (again.kind !== 'ready') return { kind: 'failed', window, problem: copied.problem };
    window = again.window;
    left -= 1;
  }
}
