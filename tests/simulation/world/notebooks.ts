import { problemOfJob } from '../../../shared/azure/failure';
import { Catalog } from '../../../shared/contracts/catalog';
import { ReplayRequest } from '../../../shared/contracts/quarantine';
import { Manifest } from '../../../shared/contracts/window';
import type { NotebookRun } from '../../../shared/ports/notebooks';
import type { Row } from './database';
import { LATE_MS, type Outside } from './outside';
import { parquetOf, rowsOf } from './parquet';
import { type Identity, sha256 } from './silver';

type Parameters = Readonly<Record<string, string>>;

/** Databricks as a server: a token starts one run, whatever happens to the answers. */
export interface NotebookServer {
  submit(notebook: string, parameters: Parameters, token: string): string;
  get(run: string): NotebookRun;
  cancel(run: string): void;
}

export function notebookServer(outside: Outside): NotebookServer {
  const { time, random, faults } = outside;
  const runs = new Map<string, { state: NotebookRun }>();
  const tokens = new Map<string, string>();
  return {
    submit(notebook, parameters, token) {
      const known = tokens.get(token);
      if (known !== undefined) return known;
      const id = String(1000 + runs.size);
      const run: { state: NotebookRun } = { state: { kind: 'running' } };
      runs.set(id, run);
      tokens.set(token, id);
      const fault = faults.strike('notebooks.work');
      const fail = (words: string): void => {
        run.state = { kind: 'failed', problem: problemOfJob(words) };
      };
      const work = async (): Promise<void> => {
        if (run.state.kind !== 'running') return;
        if (fault === 'refused') return fail('CLOUD_FAILURE DRIVER_ERROR The driver died');
        if (fault === 'crash before') {
          run.state = { kind: 'cancelled' };
          return;
        }
        const play = PLAYED[notebook] ?? publish;
        try {
          const output = await play(outside, parameters);
          if (fault === 'lost') fail('INTERNAL_ERROR The driver died after its commit');
          else run.state = fault === 'crash after' ? { kind: 'cancelled' } : { kind: 'succeeded', output };
        } catch (error) {
          fail(`CLIENT_ERROR RUN_EXECUTION_ERROR ${(error as Error).message}`);
        }
      };
      time.after(fault === 'late' ? LATE_MS : random.whole(500, 12_000), () => void work());
      return id;
    },
    get(run) {
      const begun = runs.get(run);
      if (begun) return begun.state;
      throw Object.assign(new Error(`There is no run ${run}.`), { statusCode: 404 });
    },
    cancel(run) {
      const begun = runs.get(run);
      if (begun?.state.kind === 'running') begun.state = { kind: 'cancelled' };
    },
  };
}

const PLAYED: Readonly<Record<string, (outside: Outside, parameters: Parameters) => Promise<unknown>>> = {
  'silver/apply_window': applyWindow,
  'silver/replay_rows': replayRows,
  // How a table lies is nothing that the model knows.
  'maintenance/maintain_table': async () => ({ kind: 'absent' }),
  // Nor does it know of people.
  'maintenance/erase_subject': async () => ({ kind: 'erased', places: [] }),
};

const document = async ({ lake }: Outside, path: string): Promise<Uint8Array> => {
  const bytes = await lake.read('bronze', path);
  if (!bytes) throw new Error(`${path} is not there`);
  return bytes;
};

/** The notebook silver/apply_window: the files of the manifest and no others, by key, newest first, once. */
async function applyWindow(outside: Outside, parameters: Parameters) {
  const { lake, silver } = outside;
  const { manifest: path = '', catalog: version, txn_app: app = '', txn_version = '' } = parameters;
  const bytes = await document(outside, path);
  const manifest = Manifest.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const catalog = Catalog.parse(
    JSON.parse(Buffer.from(await document(outside, `_catalog/${version}.json`)).toString('utf8')),
  );
  const files = await Promise.all(manifest.files.map((file) => lake.read(file.container, file.path)));
  const rows = files.flatMap((file) => (file ? (rowsOf(file) as Row[]) : []));
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
    manifest: sha256(bytes),
  };
  const merged = new Set(good.map(({ id }) => id)).size;
  const account = { merged, duplicates: good.length - merged, quarantined: bad.length };
  const counts = silver.commit(manifest.table, identity, good, replace, bad);
  if (counts) return { kind: 'applied', rows: told({ ...account, ...counts }), files: [] };
  const noted = silver.noted(manifest.table, manifest.source, manifest.window);
  if (noted?.manifest !== identity.manifest) {
    return { kind: 'conflict', detail: noted ? 'applied from another manifest' : 'never applied, but a later one was' };
  }
  return { kind: 'already_applied', rows: told({ ...account, inserted: 0, updated: 0, deleted: 0 }), files: [] };
}

const told = (counts: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, String(count)]));

/** The notebook silver/replay_rows: the rules are as they were, so every row breaks them again and stays where it is. */
async function replayRows({ lake }: Outside, { request = '' }: Parameters) {
  const bytes = await lake.read('quarantine', request);
  const { rows } = ReplayRequest.parse(JSON.parse(Buffer.from(bytes ?? []).toString('utf8')));
  const counts = { merged: 0, duplicates: 0, quarantined: rows.length, inserted: 0, updated: 0, deleted: 0 };
  return { kind: 'applied', rows: told(counts), again: rows.map(({ id }) => ({ id, reasons: ['good'] })) };
}

/** A row that breaks the model's one rule. */
export const isBad = ({ value }: Row): boolean => value === 'bad';

/** A dataset: the live rows of its inputs, written under the run's name. */
async function publish(outside: Outside, { catalog: version, dataset: name, run }: Parameters) {
  const bytes = await document(outside, `_catalog/${version}.json`);
  const catalog = Catalog.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const dataset = catalog.datasets.find((one) => one.name === name);
  const rows = goldOf(outside, dataset?.inputs ?? []);
  const published = `_published/${name}/${run}.parquet`;
  await outside.lake.put('gold', published, parquetOf(rows));
  return { kind: 'published', rows: String(rows.length), published };
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
