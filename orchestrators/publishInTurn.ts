import type { OrchestrationContext } from 'durable-functions';
import type { DatasetReport } from '../shared/contracts/run';
import type { DatasetTask } from '../shared/contracts/steps';
import { nextUp } from '../shared/gold/order';
import { datasetInstance } from '../shared/runs/instances';
import { fanOut, type Steps } from './call';
import { publishDataset } from './publishDataset';

/** Datasets in parallel, but each behind what it needs; one whose need was not published is blocked. */
export function* publishInTurn(
  context: OrchestrationContext,
  tasks: readonly DatasetTask[],
  parallel: number,
): Steps<DatasetReport[]> {
  const published: DatasetReport[] = [];
  for (let waiting = tasks; waiting.length > 0; ) {
    const { go, blocked, left } = nextUp(waiting, published);
    const id = ({ run, dataset }: DatasetTask): string => datasetInstance(run, dataset);
    published.push(...blocked, ...(yield* fanOut(context, publishDataset, go, id, parallel)));
    waiting = left;
  }
  return published;
}
