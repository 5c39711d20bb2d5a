import { sweepOrphans as contract } from '../../shared/contracts/maintenance';
import { daysBefore, hoursBefore } from '../../shared/maintenance/ages';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { begin, end } from '../step';
import { removeAll } from './removeAll';
import { superseded, unplaced } from './superseded';
import { unnamed } from './unnamed';

/** Lists files that nothing names any more, and removes those that are older than their grace. */
export const sweepOrphans = implement(contract, (ports) => async ({ run, catalog: version }) => {
  const catalog = await catalogOf(ports, version);
  const step = await begin(ports, run, 'lake', 'sweep', '');
  const { orphanHours, keepRunDays } = catalog.maintenance;
  const bronze = (await Promise.all(catalog.sources.map(({ name }) => unnamed(ports, name)))).flat();
  const gold = (await Promise.all(catalog.datasets.map(({ name }) => superseded(ports, name)))).flat();
  const exports = (await Promise.all(catalog.datasets.map(({ name }) => unplaced(ports, name)))).flat();
  const grace = hoursBefore(ports.now(), orphanHours).toISOString();
  const due = {
    bronze: bronze.filter(({ modified }) => modified < grace),
    gold: gold.filter(({ modified }) => modified < daysBefore(ports.now(), keepRunDays).toISOString()),
    exports: exports.filter(({ modified }) => modified < grace),
  };
  await removeAll(ports.lake, 'bronze', due.bronze);
  await removeAll(ports.lake, 'gold', due.gold);
  await removeAll(ports.lake, 'exports', due.exports);
  const young = bronze.filter(({ modified }) => modified >= grace).map(({ path }) => path);
  const detail = [
    `${due.bronze.length} files of bronze that no manifest names, ${due.gold.length} superseded files of gold and ${due.exports.length} exports without a place removed`,
    ...(young.length > 0 ? [`younger than ${orphanHours} h: ${young.join(', ')}`] : []),
  ].join('; ');
  await end(ports, run, 'lake', 'sweep', step, { detail });
  const outcome = Object.values(due).some(({ length }) => length > 0) ? ('done' as const) : ('unchanged' as const);
  return { part: 'sweep', outcome, detail, problems: [] };
});
