import { datasetOf } from '../../shared/catalog/lookup';
import { readExport as contract } from '../../shared/contracts/steps';
import { exportFiles, exportFolder, exportPath, unplacedPath } from '../../shared/gold/paths';
import { problem } from '../../shared/problem';
import { lookAtFactory } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { end } from '../step';
import { place } from './place';

/**
 * Looks at the export once. The files of a finished one get their place, and its form becomes the current one, unless a
 * run that published at the same time was later: a newer form stays, in the files and in the record.
 */
export const readExport = implement(contract, (ports) => async ({ task, exported, published, rows, serial }) => {
  const { run } = task;
  const look = await lookAtFactory(ports, run, task.dataset, exported.external);
  if (look.kind === 'running') return look;
  if (look.kind === 'failed') {
    await end(ports, run, task.dataset, 'export', exported, look);
    return { kind: 'failed' as const, problem: look.problem };
  }
  const dataset = datasetOf(await catalogOf(ports, task.catalog), task.dataset);
  for (const file of Object.values(exportFiles(dataset))) {
    const from = unplacedPath(dataset.name, exported.external, file);
    if (await place(ports.lake, from, `${exportFolder(dataset)}/${file}`, serial)) continue;
    const why = `${from} was removed before it had its place.`;
    const gone = problem('FACTORY_FAILED', dataset.name, why, 'It is exported again by itself.', true);
    await end(ports, run, dataset.name, 'export', exported, { problem: gone });
    return { kind: 'failed' as const, problem: gone };
  }
  const at = ports.now().toISOString();
  const form = { dataset: dataset.name, run, serial, rows, published, exported: exportPath(dataset), at };
  const current = await ports.publications.put({ ...form, inputs: task.inputs });
  const detail = current.run === run ? '' : `run ${current.run} has published a newer form`;
  await end(ports, run, dataset.name, 'export', exported, { rowsOut: rows, detail });
  return { kind: 'exported' as const };
});
