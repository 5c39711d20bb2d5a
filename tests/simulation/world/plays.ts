import { Catalog } from '../../../shared/contracts/catalog';
import { ReplayRequest } from '../../../shared/contracts/quarantine';
import { Manifest } from '../../../shared/contracts/window';
import type { Row } from './database';
import { erasedFrom } from './erased';
import { eraseSubject, withoutErased } from './erasure';
import { rowsAt } from './lake';
import { applyDeletes, compareRows, compareSums } from './listed';
import type { Outside } from './outside';
import { parquetOf } from './parquet';
import { type Identity, sha256 } from './silver';

type Parameters = Readonly<Record<string, string>>;
/** Lets others go on before a notebook does; it may be cut off there. */
export type Pause = () => Promise<void>;
type Play = (outside: Outside, parameters: Parameters, pause: Pause) => Promise<unknown>;

/** The notebooks that are no dataset, by their paths. */
export const PLAYED: Readonly<Record<string, Play>> = {
  'silver/apply_window': applyWindow,
  'silver/replay_rows': replayRows,
  'silver/apply_deletes': applyDeletes,
  'silver/compare_sums': compareSums,
  'silver/compare_rows': compareRows,
  // How a table lies is nothing that the model knows.
  'maintenance/maintain_table': async () => ({ kind: 'absent' }),
  'maintenance/erase_subject': eraseSubject,
};

const document = async ({ lake }: Outside, path: string): Promise<Uint8Array> => {
  const bytes = await lake.read('bronze', path);
  if (!bytes) throw new Error(`${path} is not there`);
  return bytes;
};

/** The notebook silver/apply_window: the files of the manifest and no others, by key, newest first, once. */
async function applyWindow(outside: Outside, parameters: Parameters, pause: Pause) {
  const { lake, silver } = outside;
  const { manifest: path = '', catalog: version, txn_app: app = '', txn_version = '' } = parameters;
  const { table } = Manifest.parse(JSON.parse(Buffer.from(await document(outside, path)).toString('utf8')));
  await withoutErased(outside, path, table);
  const bytes = await document(outside, path);
  const manifest = Manifest.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const catalog = Catalog.parse(
    JSON.parse(Buffer.from(await document(outside, `_catalog/${version}.json`)).toString('utf8')),
  );
  const files = manifest.files.map(({ container, path: file }) => rowsAt<Row>(lake, container, file));
  const rows = (await Promise.all(files)).flat();
  if (String(rows.length) !== manifest.rows.landed) {
    return {
      kind: 'conflict',
      detail: `the manifest says ${manifest.rows.landed} rows, its files hold ${rows.length}`,
    };
  }
  const bad = rows.filter(isBad);
  const good = rows.filter((row) => !isBad(row));
  const replace = catalog.tables.find(({ name }) => name === manifest.table)?.replace ?? false;
  const identity: Identity = {
    app,
    version: txn_version,
    source: manifest.source,
    window: manifest.window,
    manifest: manifest.replaces ?? sha256(bytes),
    at: outside.time.now(),
    aside: parameters['aside'] === 'true',
  };
  await pause();
  const merged = new Set(good.map(({ id }) => id)).size;
  const erased = Number(manifest.rows.erased ?? '0');
  const account = { merged, duplicates: good.length - merged, quarantined: bad.length, erased };
  const counts = silver.commit(manifest.table, identity, good, replace, bad);
  if (counts) return { kind: 'applied', rows: told({ ...account, ...counts }), files: [] };
  const noted = silver.noted(manifest.table, identity);
  if (noted?.manifest !== identity.manifest) {
    return { kind: 'conflict', detail: noted ? 'applied from another manifest' : 'never applied, but a later one was' };
  }
  return { kind: 'already_applied', rows: told({ ...account, inserted: 0, updated: 0, deleted: 0 }), files: [] };
}

const told = (counts: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, String(count)]));

/**
 * The notebook silver/replay_rows: rows as a person has corrected them, once, and never over a newer version. One that
 * breaks the rule again, or whose key an erasure has taken, stays where it is.
 */
async function replayRows(outside: Outside, { request = '', txn_app: app = '' }: Parameters, pause: Pause) {
  const bytes = await outside.lake.read('quarantine', request);
  const { rows, table } = ReplayRequest.parse(JSON.parse(Buffer.from(bytes ?? []).toString('utf8')));
  const theirs = await erasedFrom(outside, table);
  await pause();
  const held = rows.map(({ id, values }) => ({ id, row: values as unknown as Row }));
  const stuck = held.filter(({ row }) => row.id === undefined || isBad(row) || theirs?.(row));
  const good = held.filter((one) => !stuck.includes(one)).map(({ row }) => row);
  const at = outside.time.now();
  const identity: Identity = { app, version: '1', source: app, window: '1', manifest: app, at, aside: true };
  const nothing = { inserted: 0, updated: 0, deleted: 0 };
  // Where versions tie, what came in a later window stays.
  const silver = outside.silver.rows(table);
  const tied = (row: Row) => silver.some(({ id, updated_at }) => id === row.id && updated_at === row.updated_at);
  const written = outside.silver.commit(
    table,
    identity,
    good.filter((row) => !tied(row)),
    false,
    [],
  );
  const counts = { merged: good.length, duplicates: 0, quarantined: stuck.length, ...(written ?? nothing) };
  const again = stuck.map(({ id }) => ({ id, reasons: ['good'] }));
  return { kind: written ? 'applied' : 'already_applied', rows: told(counts), again };
}

/** A row that breaks the model's one rule. */
export const isBad = ({ value }: Row): boolean => value === 'bad';

/**
 * A dataset: the live rows of its inputs are committed, by one run after the other, so that who was overtaken reads them
 * again; their form is written under the run's name a moment later.
 */
export async function publish(
  outside: Outside,
  { catalog: version, dataset: name = '', run }: Parameters,
  pause: Pause,
) {
  const bytes = await document(outside, `_catalog/${version}.json`);
  const catalog = Catalog.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const dataset = catalog.datasets.find((one) => one.name === name);
  for (;;) {
    const before = outside.gold.get(name) ?? 0;
    const rows = goldOf(outside, dataset?.inputs ?? []);
    await pause();
    if ((outside.gold.get(name) ?? 0) > before) continue;
    outside.gold.set(name, before + 1);
    await pause();
    const published = `_published/${name}/${run}.parquet`;
    await outside.lake.put('gold', published, parquetOf(rows));
    return { kind: 'published', rows: String(rows.length), published, serial: String(before + 1) };
  }
}

/** What a dataset of these inputs holds now. */
export const goldOf = (
  { silver }: Outside,
  inputs: readonly string[],
): { table: string; id: string; value: string }[] =>
  inputs.flatMap((table) =>
    silver
      .rows(table)
      .filter(({ _deleted }) => !_deleted)
      .map(({ id, value }) => ({ table, id, value }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
