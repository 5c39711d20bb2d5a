import { datasetOf } from '../../shared/catalog/lookup';
import { startExport as contract } from '../../shared/contracts/steps';
import { exportFiles, unplacedFolder } from '../../shared/gold/paths';
import { datasetInstance } from '../../shared/runs/instances';
import { callBack } from '../callBack';
import { refuseCancelled } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { begin } from '../step';

/**
 * Starts the pipeline that writes the published form out for others, as CSV and Parquet. Each of its runs writes to files
 * of its own: two runs of the dataset may be under way, and one that was started twice.
 */
export const startExport = implement(contract, (ports, surroundings) => async ({ task, published, attempt }) => {
  await refuseCancelled(ports, task.run, task.dataset);
  const dataset = datasetOf(await catalogOf(ports, task.catalog), task.dataset);
  const { csv, parquet } = exportFiles(dataset);
  const slash = published.lastIndexOf('/');
  const parameters = {
    source: dataset.name,
    lakeUrl: surroundings.lakeUrl,
    sourceContainer: 'gold',
    sourceFolder: published.slice(0, slash),
    sourceFile: published.slice(slash + 1),
    targetContainer: 'exports',
    targetFolder: unplacedFolder(dataset.name),
    csvFile: csv,
    parquetFile: parquet,
    ...callBack(surroundings, datasetInstance(task.run, dataset.name)),
  };
  const key = `${task.run}:${dataset.name}:export:${attempt}`;
  const since = (await ports.runs.get(task.run))?.started ?? ports.now().toISOString();
  const external = await ports.factory.start('export_gold', parameters, key, since);
  return begin(ports, task.run, dataset.name, 'export', external);
});
