import type { OrchestrationContext } from 'durable-functions';
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
import { call, type Orchestration, type Steps } from './call';
import { outside } from './outside';

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
  const made = yield* outside(context, paced(task), {
    begin: (attempt) => call(context, startPublish, { task, attempt }),
    ask: (publish) => call(context, readPublish, { task, publish }),
  });
  if (made.kind === 'failed') return datasetReport(task.dataset, 'failed', { problems: [made.problem] });
  const { rows, published, serial } = made;
  const done = yield* outside(context, paced(task), {
    begin: (attempt) => call(context, startExport, { task, published, attempt }),
    ask: (exported) => call(context, readExport, { task, exported, published, rows, serial }),
    callsBack: true,
  });
  if (done.kind === 'failed') return datasetReport(task.dataset, 'failed', { problems: [done.problem] });
  return datasetReport(task.dataset, 'published', { rows, published });
}

/** A dataset belongs to no source, whose limits would say how often. */
const paced = ({ pace }: DatasetTask) => ({ pace, attempts: 3 });

export const publishDataset: Orchestration<DatasetTask, DatasetReport> = {
  name: 'publishDataset',
  input: DatasetTask,
  output: DatasetReport,
  run,
};
