import { datasetOf } from '../../shared/catalog/lookup';
import { startPublish as contract } from '../../shared/contracts/steps';
import { refuseCancelled } from '../cancellation';
import { implement } from '../implement';
import { jobToken } from '../jobToken';
import { catalogOf } from '../pinned';
import { begin } from '../step';

/** Starts the notebook of a dataset. */
export const startPublish = implement(contract, (ports, { lakeUri }) => async ({ task, attempt }) => {
  await refuseCancelled(ports, task.run, task.dataset);
  const dataset = datasetOf(await catalogOf(ports, task.catalog), task.dataset);
  const token = jobToken(task.run, dataset.name, 'publish', attempt);
  const parameters = { lake: lakeUri, catalog: task.catalog, dataset: dataset.name, run: task.run };
  const external = await ports.notebooks.start(dataset.notebook, parameters, token);
  return begin(ports, task.run, dataset.name, 'publish', external);
});
