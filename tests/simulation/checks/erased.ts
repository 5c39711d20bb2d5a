import type { Table } from '../../../shared/azure/tables/table';
import type { Run } from '../../../shared/contracts/run';
import { Manifest } from '../../../shared/contracts/window';
import { windowOf } from '../../../shared/maintenance/orphans';
import { laneOf } from '../../../shared/windows/paths';
import type { Outside } from '../world/outside';
import { rowsOf } from '../world/parquet';
import type { Findings, Invariant } from './findings';
import { recordOf } from './ledger';

interface Kept {
  readonly id?: string;
  readonly table?: string;
}

/**
 * Whoever was erased is in no layer. What is being read of a source that still has them goes no further than bronze, and
 * leaves it when it is merged.
 * @param since when their erasure began: copies from before it, which nobody names, are gone too
 */
export async function checkErased(
  of: Invariant,
  ids: ReadonlySet<string>,
  { lake, silver }: Outside,
  { broken }: Findings,
  since?: string,
): Promise<void> {
  const told = (where: string, rows: readonly Kept[]): void => {
    for (const { id = '', table = 'users' } of rows)
      if (table === 'users' && ids.has(id)) broken(of, `user ${id} was erased, and is in ${where}`);
  };
  const tell = async (container: string, path: string): Promise<void> => {
    const bytes = await lake.read(container, path);
    if (bytes) told(`${container}/${path}`, rowsOf(bytes) as Kept[]);
  };
  told('silver', silver.rows('users'));
  told('quarantine', silver.quarantined('users'));
  for (const { path } of await lake.list('gold', '_published')) await tell('gold', path);
  for (const { path } of await lake.list('exports', '')) await tell('exports', path);
  const named = new Set<string>();
  for (const { path } of await lake.list('bronze', '_manifests/users')) {
    const { files, window } = Manifest.parse(
      JSON.parse(Buffer.from((await lake.read('bronze', path)) ?? []).toString()),
    );
    for (const file of files) named.add(file.path);
    const app = ['source:users', laneOf(path)].filter(Boolean).join(':');
    if (silver.has('users', app, window)) for (const file of files) await tell('bronze', file.path);
  }
  if (since === undefined) return;
  for (const { path, modified } of await lake.list('bronze', 'users')) {
    const { shelf = '', window = '' } = windowOf(path) ?? {};
    const over = silver.has('users', `source:${shelf.replace('~', ':')}`, window);
    if (modified < since && over && !named.has(path)) await tell('bronze', path);
  }
}

/** The person of a run that has erased; the reason names them. */
export const erasedBy = ({ upkeep, status, trigger }: Run): string | null =>
  upkeep?.kind === 'erasure' && status === 'Succeeded' && trigger.kind === 'http' ? trigger.reason : null;

/** The record of runs under the eyes of a checker: an erasure that it calls done has erased. */
export const watchedRuns = (disk: Table, outside: Outside, found: Findings): Table => ({
  ...disk,
  async change(partition, changes) {
    for (const change of partition === 'runs' ? changes : []) {
      if (change.do === 'delete') continue;
      const run = recordOf(change.values) as unknown as Run;
      const id = erasedBy(run);
      if (id !== null) await checkErased('E1', new Set([id]), outside, found, run.started);
    }
    return disk.change(partition, changes);
  },
});
