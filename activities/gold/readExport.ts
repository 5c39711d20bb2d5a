import { datasetOf } from '../../shared/catalog/lookup';
import { readExport as contract } from '../../shared/contracts/steps';
import { exportPath } from '../../shared/gold/paths';
import { lookAtFactory } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { end } from '../step';

/** Looks at the export once; a finished one makes this form of the dataset the current one. */
export const readExport = implement(contract, (ports) => async ({ task, exported, published, rows }) => {
  const look = await lookAtFactory(ports, task.run, task.dataset, exported.external);
  if (look.kind === 'running') return look;
  await end(ports, task.run, task.dataset, 'export', exported, look.kind === 'failed' ? look : { rowsOut: rows });
  if (look.kind === 'failed') return { kind: 'failed' as const, problem: look.problem };
  const dataset = datasetOf(await catalogOf(ports, task.catalog), task.dataset);
  const at = ports.now().toISOString();
  await ports.publications.put({
    dataset: dataset.name,
    run: task.run,
    rows,
    published,
    exported: exportPath(dataset),
    at,
    inputs: task.inputs,
  });
  return { kind: 'exported' as const };
});
