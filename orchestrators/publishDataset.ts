import type { OrchestrationContext } from 'durable-functions';
import type { Problem } from '../shared/contracts/problem';
import { DatasetReport } from '../shared/contracts/run';
import {
  DatasetTask,
  readExport,
  readPublish,
  reconcileDataset,
  startExport,
  startPublish,
} from '../shared/contracts/steps';
import { problemOf } from '../shared/problem';
import { datasetReport } from '../shared/runs/reports';
import { attempted, call, type Orchestration, poll, type Steps } from './call';

type Published =
  | { kind: 'published'; rows: string; published: string; serial: string }
  | { kind: 'failed'; problem: Problem };

/** One gold dataset: computed and exported when its inputs moved, then held against the partner's report. */
function* run(context: OrchestrationContext, task: DatasetTask): Steps<DatasetReport> {
  try {
    const base = task.publish ? yield* published(context, task) : datasetReport(task.dataset, 'unchanged');
    if (base.outcome === 'failed' || !task.reconcile) return base;
    const compared = yield* call(context, reconcileDataset, task);
    if (compared.kind === 'no-partner') return base;
    return {
      ...base,
      cells: compared.cells,
      mismatches: compared.mismatches,
      problems: compared.problem ? [compared.problem] : [],
    };
  } catch (error) {
    return datasetReport(task.dataset, 'failed', { problems: [problemOf(error, task.dataset)] });
  }
}

function* published(context: OrchestrationContext, task: DatasetTask): Steps<DatasetReport> {
  const made = yield* compute(context, task);
  if (made.kind === 'failed') return datasetReport(task.dataset, 'failed', { problems: [made.problem] });
  const { rows, published, serial } = made;
  const done = yield* attempted(context, ATTEMPTS, function* (attempt) {
    const exported = yield* call(context, startExport, { task, published, attempt });
    return yield* poll(
      context,
      task.pace,
      () => call(context, readExport, { task, exported, published, rows, serial }),
      exported.external,
    );
  });
  if (done.kind === 'failed') return datasetReport(task.dataset, 'failed', { problems: [done.problem] });
  return datasetReport(task.dataset, 'published', { rows, published });
}

function* compute(context: OrchestrationContext, task: DatasetTask): Steps<Published> {
  return yield* attempted(context, ATTEMPTS, function* (attempt): Steps<Published> {
    const publish = yield* call(context, startPublish, { task, attempt });
    return yield* poll(context, task.pace, () => call(context, readPublish, { task, publish }));
  });
}

const ATTEMPTS = 3;

export const publishDataset: Orchestration<DatasetTask, DatasetReport> = {
  name: 'publishDataset',
  input: DatasetTask,
  output: DatasetReport,
  run,
};
