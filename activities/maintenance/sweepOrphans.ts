import { sweepOrphans as contract } from '../../shared/contracts/maintenance';
import { daysBefore, hoursBefore } from '../../shared/maintenance/ages';
import type { LakeFile } from '../../shared/ports/lake';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { begin, end } from '../step';
import { removeAll } from './removeAll';
import { superseded, unplaced } from './superseded';
import { unfinished } from './unfinished';
import { unnamed } from './unnamed';

/** Lists files that nothing names any more, and removes those that are older than their grace. */
export const sweepOrphans = implement(contract, (ports) => async ({ run, catalog: version }) => {
  const catalog = await catalogOf(ports, version);
  const step = await begin(ports, run, 'lake', 'sweep', '');
  const { orphanHours, keepRunDays } = catalog.maintenance;
  const copies = await Promise.all(catalog.sources.map(({ name }) => unnamed(ports, name)));
  const begun = await unfinished(ports);
  const gold = (await Promise.all(catalog.datasets.map(({ name }) => superseded(ports, name)))).flat();
  const exports = (await Promise.all(catalog.datasets.map(({ name }) => unplaced(ports, name)))).flat();
  const grace = hoursBefore(ports.now(), orphanHours).toISOString();
  const kept = daysBefore(ports.now(), keepRunDays).toISOString();
  const bronze = copies.flatMap((source) => source.bronze);
  const logs = copies.flatMap((source) => source.quarantine);
  const due = [
    { container: 'bronze', files: before(grace, bronze), what: 'files of bronze that no manifest names' },
    { container: 'quarantine', files: before(grace, logs), what: 'session logs that no manifest names' },
    { container: 'bronze', files: before(grace, begun.bronze), what: 'unfinished files of bronze' },
    { container: 'quarantine', files: before(grace, begun.quarantine), what: 'unfinished files of quarantine' },
    { container: 'gold', files: before(kept, gold), what: 'superseded files of gold' },
    { container: 'exports', files: before(grace, exports), what: 'exports without a place' },
  ];
  for (const { container, files } of due) await removeAll(ports.lake, container, files);
  const removed = due.map(({ files, what }) => `${files.length} ${what}`).join(', ');
  const young = bronze.filter(({ modified }) => modified >= grace).map(({ path }) => path);
  const detail = [
    `removed: ${removed}`,
    ...(young.length > 0 ? [`younger than ${orphanHours} h: ${young.join(', ')}`] : []),
  ].join('; ');
  await end(ports, run, 'lake', 'sweep', step, { detail });
  const outcome = due.some(({ files }) => files.length > 0) ? ('done' as const) : ('unchanged' as const);
  return { part: 'sweep', outcome, detail, problems: [] };
});

const before = (moment: string, files: readonly LakeFile[]): LakeFile[] =>
  files.filter(({ modified }) => modified < moment);
