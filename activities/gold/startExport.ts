import { datasetOf } from '../../shared/catalog/lookup';
import { startExport as contract } from '../../shared/contracts/steps';
import { exportFolder } from '../../shared/gold/paths';
import { datasetInstance } from '../../shared/runs/instances';
import { callBack } from '../callBack';
import { refuseCancelled } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { begin } from '../step';

/** Starts the pipeline that writes the published form out for others: CSV and Parquet in the exports container. */
export const startExport = implement(contract, (ports, surroundings) => async ({ task, published, attempt }) => {
  await refuseCancelled(ports, task.run, task.dataset);
  const dataset = datasetOf(await catalogOf(ports, task.catalog), task.dataset);
  const slash = published.lastIndexOf('/');
  const parameters = {
    source: dataset.name,
    lakeUrl: surroundings.lakeUrl,
    sourceContainer: 'gold',
    sourceFolder: published.slice(0, slash),
    sourceFile: published.slice(slash + 1),
    targetContainer: 'exports',
    targetFolder: exportFolder(dataset),
    csvFile: dataset.file,
    parquetFile: dataset.file.replace(/\.csv$/, '.parquet'),
    ...callBack(surroundings, datasetInstance(task.run, dataset.name)),
  };
  const key = `${task.run}:${dataset.name}:export:${attempt}`;
  const since = (await ports.runs.get(task.run))?.started ?? ports.now().toISOString();
  const external = await ports.factory.start('export_gold', parameters, key, since);
  return begin(ports, task.run, dataset.name, 'export', external);
});
