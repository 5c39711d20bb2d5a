import type { OrchestrationContext } from 'durable-functions';
import type { Problem } from '../shared/contracts/problem';
import { type Copied, type LookTask, planWindow, readCopy, startCopy } from '../shared/contracts/steps';
import { refuseFiles } from '../shared/contracts/steps/files';
import type { Window } from '../shared/contracts/window';
import { attempted, call, poll, type Steps } from './call';

type CopyOutcome =
  | { kind: 'copied'; window: Window; copied: Copied; refused: Problem[] }
  | { kind: 'landed-before'; window: Window; refused: Problem[] }
  | { kind: 'parked'; window: Window }
  | { kind: 'failed'; window: Window; problem: Problem }
  | { kind: 'nothing-left'; refused: Problem[] };

/**
 * Copies a planned window into bronze; another attempt has its own folder and the same bounds. Files that cannot be read
 * are refused, and the others copied.
 */
export function* copyWindow(context: OrchestrationContext, look: LookTask, planned: Window): Steps<CopyOutcome> {
  const refused: Problem[] = [];
  if (planned.state !== 'planned') return { kind: 'landed-before', window: planned, refused };
  let window = planned;
  return yield* attempted<CopyOutcome>(context, look.task.attempts, function* (attempt) {
    for (let without: string[] | null = attempt > 1 ? [] : null; ; ) {
      if (without) {
        const again = yield* call(context, planWindow, { ...look, files: [], without, until: null });
        if (again.kind === 'parked') return again;
        if (again.kind === 'nothing-new') return { kind: 'nothing-left', refused };
        window = again.window;
      }
      const work = { ...look, window };
      const copy = yield* call(context, startCopy, work);
      const copied = yield* poll(
        context,
        look.task.pace,
        () => call(context, readCopy, { ...work, copy }),
        copy.external,
      );
      if (copied.kind === 'parked') return copied;
      if (copied.kind === 'failed') return { ...copied, window };
      if (copied.kind === 'copied') return { kind: 'copied', window, copied, refused };
      refused.push(...(yield* call(context, refuseFiles, { ...work, files: copied.files })).problems);
      without = copied.files.map(({ sha256 }) => sha256);
    }
  });
}
