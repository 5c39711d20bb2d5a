import type { OrchestrationContext } from 'durable-functions';
import type { SourceReport } from '../shared/contracts/run';
import { type Applied, commitWindow, type LookTask, landWindow, planWindow } from '../shared/contracts/steps';
import type { InputFile, Window } from '../shared/contracts/window';
import { problemOf } from '../shared/problem';
import { committed, nothingNew, stopped } from '../shared/runs/reports';
import { NO_ROWS } from '../shared/windows/account';
import { following, leftOver } from '../shared/windows/following';
import { cutShort } from '../shared/windows/lane';
import { applyWindow } from './applyWindow';
import { call, type Steps } from './call';
import { copyWindow } from './copyWindow';
import { findFiles } from './findFiles';

/** What a window of a run is to read. */
export interface Ahead {
  readonly until: string | null;
  /** Files that the run has found and no window has read yet; null: whatever it finds. */
  readonly files: InputFile[] | null;
}

/** What became of a window, and what comes after it. */
export interface Moved {
  readonly report: SourceReport;
  readonly next: Ahead | null;
}

/** A window is the last of its run, unless files are left. */
export const ended = (report: SourceReport, files: InputFile[] = []): Moved => ({
  report,
  next: files.length > 0 ? { until: null, files } : null,
});

/** One window from the plan to the commit. */
export function* throughWindow(context: OrchestrationContext, look: LookTask, ahead: Ahead): Steps<Moved> {
  const { task } = look;
  const { until } = ahead;
  const found = ahead.files
    ? { kind: 'found' as const, files: ahead.files, gone: [], problems: [] }
    : yield* findFiles(context, look);
  if (found.kind === 'failed') return ended(stopped(task.source, 'failed', found.problem));

  const planned = yield* call(context, planWindow, { ...look, files: found.files, without: found.gone, until });
  if (planned.kind === 'nothing-new') return ended(nothingNew(task.source, found.problems));
  if (planned.kind === 'parked') return ended(parked(planned.window));

  const copied = yield* copyWindow(context, look, planned.window);
  const left = leftOver(found.files, planned.window);
  if (copied.kind === 'nothing-left')
    return ended(nothingNew(task.source, [...found.problems, ...copied.refused]), left);
  if (copied.kind === 'failed') return ended(stopped(task.source, 'failed', copied.problem, copied.window));
  if (copied.kind === 'parked') return ended(parked(copied.window));
  const landed =
    copied.kind === 'copied'
      ? yield* call(context, landWindow, { ...look, window: copied.window, copied: copied.copied })
      : { kind: 'landed' as const, window: copied.window, problems: [] };
  if (landed.kind === 'parked') return ended(parked(landed.window));

  const applied = yield* applyWindow(context, { ...look, window: landed.window });
  if (applied.kind === 'failed') return ended(stopped(task.source, 'failed', applied.problem, landed.window));

  const window = applied.kind === 'applied' ? { ...landed.window, ...accountOf(applied) } : withoutRows(landed.window);
  yield* call(context, commitWindow, { ...look, window });
  const problems = [...found.problems, ...copied.refused, ...landed.problems];
  // The manifest of an earlier attempt may name fewer files than were copied now.
  const files = [...leftOver(copied.window.files, window), ...left];
  const next = following(window, planned.window, until);
  const short = next === null && task.lane ? cutShort(task.lane, window) : null;
  const report = committed(window, short ? [...problems, short] : problems, task.replaces);
  if (next) return { report, next: { ...next, files: null } };
  return ended(short ? { ...report, outcome: 'failed' } : report, files);
}

const accountOf = ({ outcome, byFile }: Applied): Pick<Window, 'outcome' | 'byFile'> => ({ outcome, byFile });

/** One that was applied by an earlier run has its outcome already. */
const withoutRows = (window: Window): Window => ({ ...window, outcome: window.outcome ?? NO_ROWS });

const parked = (window: Window): SourceReport =>
  stopped(window.source, 'parked', window.problem ?? problemOf('parked without a reason', window.source), window);
