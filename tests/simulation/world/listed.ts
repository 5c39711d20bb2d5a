import { Manifest } from '../../../shared/contracts/window';
import type { Row } from './database';
import { withoutErased } from './erasure';
import { rowsAt } from './lake';
import type { Outside } from './outside';
import type { Pause } from './plays';
import { same } from './silver';

type Parameters = Readonly<Record<string, string>>;

/** The rows of a list, without those of people who were erased. */
async function listed(outside: Outside, path: string): Promise<{ table: string; rows: Row[] }> {
  const read = async () => Buffer.from((await outside.lake.read('bronze', path)) ?? []).toString('utf8');
  const { table } = Manifest.parse(JSON.parse(await read()));
  await withoutErased(outside, path, table);
  const { files } = Manifest.parse(JSON.parse(await read()));
  const rows = await Promise.all(files.map(({ path: file }) => rowsAt<Row>(outside.lake, 'bronze', file)));
  return { table, rows: rows.flat() };
}

/** The notebook silver/apply_deletes: live rows from before the list whose keys are not in it are deleted, once. */
export async function applyDeletes(outside: Outside, parameters: Parameters, pause: Pause) {
  const { manifest = '', txn_app: app = '', begun = '' } = parameters;
  const { table, rows } = await listed(outside, manifest);
  const ids = new Set(rows.map(({ id }) => id));
  const live = outside.silver.rows(table).filter(({ _deleted, _updated }) => !_deleted && _updated < Date.parse(begun));
  const gone = live.filter(({ id }) => !ids.has(id));
  await pause();
  const marked = outside.silver.mark(table, app, gone, live.length);
  return { kind: 'compared', live: String(marked.live), deleted: String(marked.deleted) };
}

/** The notebook silver/compare_sums: its one bucket differs when a live row up to the watermark does. */
export async function compareSums(outside: Outside, parameters: Parameters) {
  const { source, silver, differing } = await compared(outside, parameters);
  const buckets = differing.length > 0 ? ['000'] : [];
  return { kind: 'summed', source, silver, differing: String(buckets.length), buckets };
}

/** The notebook silver/compare_rows: the keys that differ. */
export async function compareRows(outside: Outside, parameters: Parameters) {
  const { differing } = await compared(outside, parameters);
  const keys = differing.map((key) => ({ key, held: 'source', columns: [] }));
  return { kind: 'traced', differing: String(keys.length), keys };
}

async function compared(outside: Outside, { manifest = '', up_to: upTo = '' }: Parameters) {
  const { table, rows } = await listed(outside, manifest);
  const isLive = ({ updated_at, deleted_at }: Row) => deleted_at === null && (updated_at ?? '') <= upTo;
  const live = rows.filter(isLive);
  const held = new Map(outside.silver.rows(table).map((row) => [row.id, row]));
  const differing = live.filter((row) => {
    const found = held.get(row.id);
    return !found || !same(found, row);
  });
  const silver = [...held.values()].filter((row) => !row._deleted && isLive(row));
  return {
    source: String(live.length),
    silver: String(silver.length),
    differing: differing.map(({ id }) => id),
  };
}
