import type { OrchestrationContext } from 'durable-functions';
import { SourceReport } from '../shared/contracts/run';
import {
  type Applied,
  commitWindow,
  type LookTask,
  landWindow,
  planWindow,
  SourceTask,
} from '../shared/contracts/steps';
import type { Window } from '../shared/contracts/window';
import { problemOf } from '../shared/problem';
import { committed, nothingNew, stopped } from '../shared/runs/reports';
import { NO_ROWS } from '../shared/windows/account';
import { applyWindow } from './applyWindow';
import { call, type Orchestration, type Steps } from './call';
import { copyWindow } from './copyWindow';
import { findFiles } from './findFiles';
import { underLease } from './underLease';

/** One source moves one window on, alone: whatever goes wrong with it becomes its report and harms no other. */
function* run(context: OrchestrationContext, task: SourceTask): Steps<SourceReport> {
  return yield* underLease(context, task, (look) => throughWindow(context, look));
}

function* throughWindow(context: OrchestrationContext, look: LookTask): Steps<SourceReport> {
  const { task } = look;
  const found = yield* findFiles(context, look);
  if (found.kind === 'failed') return stopped(task.source, 'failed', found.problem);

  const planned = yield* call(context, planWindow, { ...look, files: found.files, without: found.gone, until: null });
  if (planned.kind === 'nothing-new') return nothingNew(task.source, found.problems);
  if (planned.kind === 'parked') return parked(planned.window);

  const copied = yield* copyWindow(context, look, planned.window);
  if (copied.kind === 'all-refused') return nothingNew(task.source, [...found.problems, ...copied.refused]);
  if (copied.kind === 'failed') return stopped(task.source, 'failed', copied.problem, copied.window);
  if (copied.kind === 'parked') return parked(copied.window);
  const landed =
    copied.kind === 'copied'
      ? yield* call(context, landWindow, { ...look, window: copied.window, copied: copied.copied })
      : { kind: 'landed' as const, window: copied.window, problems: [] };
  if (landed.kind === 'parked') return parked(landed.window);

  const applied = yield* applyWindow(context, { ...look, window: landed.window });
  if (applied.kind === 'failed') return stopped(task.source, 'failed', applied.problem, landed.window);

  const window = applied.kind === 'applied' ? { ...landed.window, ...accountOf(applied) } : withoutRows(landed.window);
  yield* call(context, commitWindow, { ...look, window });
  return committed(window, [...found.problems, ...copied.refused, ...landed.problems]);
}

const accountOf = ({ outcome, byFile }: Applied): Pick<Window, 'outcome' | 'byFile'> => ({ outcome, byFile });

/** One that was applied by an earlier run has its outcome already. */
const withoutRows = (window: Window): Window => ({ ...window, outcome: window.outcome ?? NO_ROWS });

const parked = (window: Window): SourceReport =>
  stopped(window.source, 'parked', window.problem ?? problemOf('parked without a reason', window.source), window);

export const ingestSource: Orchestration<SourceTask, SourceReport> = {
  name: 'ingestSource',
  input: SourceTask,
  output: SourceReport,
  run,
};
