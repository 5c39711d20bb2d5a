import { ReplayRequest } from '../../../shared/contracts/quarantine';
import { Manifest } from '../../../shared/contracts/window';
import { erasedFrom, type Theirs } from './erased';
import { rowsAt } from './lake';
import type { Outside } from './outside';
import { parquetOf } from './parquet';
import type { Pause } from './plays';
import { sha256 } from './silver';

interface Asked {
  readonly table?: string;
  readonly source?: string;
}

/** The notebook maintenance/erase_subject: one layer after the other, and other work goes on in between. */
export async function eraseSubject(outside: Outside, { table = '', source = '' }: Asked, pause: Pause) {
  const { lake, silver, slip } = outside;
  const theirs = await erasedFrom(outside, table);
  if (!theirs) throw new Error(`the ledger names nobody who was erased from ${table}`);
  const aside = silver.blank(table, theirs) + (await blankRequests(outside, source, theirs));
  await pause();
  let rows = 0;
  const manifests = slip === 'bronze is left' ? [] : await lake.list('bronze', `_manifests/${source}`);
  for (const { path } of manifests) rows += await purge(outside, path, theirs);
  await pause();
  const places = [
    { place: `quarantine/${source}`, rows: String(aside), detail: 'rows' },
    { place: `bronze/${source}`, rows: String(rows), detail: 'rows' },
    { place: `silver/${table}`, rows: String(silver.erase(table, theirs)), detail: 'rows' },
  ];
  return { kind: 'erased', places };
}

/** A window at the door: the rows of erased people go out of its files before anything reads them. */
export async function withoutErased(outside: Outside, path: string, table: string): Promise<void> {
  const theirs = outside.slip === 'nobody looks at the door' ? null : await erasedFrom(outside, table);
  if (theirs) await purge(outside, path, theirs);
}

/** Rewrites the files of a window that hold such rows, and its manifest. */
async function purge({ lake }: Outside, path: string, theirs: Theirs): Promise<number> {
  const bytes = (await lake.read('bronze', path)) ?? new Uint8Array();
  const manifest = Manifest.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  let gone = 0;
  const files: Manifest['files'] = [];
  const old: string[] = [];
  for (const file of manifest.files) {
    const rows = await rowsAt<{ id: string }>(lake, 'bronze', file.path);
    const left = rows.filter((row) => !theirs(row));
    if (left.length === rows.length) files.push(file);
    else {
      const kept = file.path.replace(/\.parquet$/, '-kept.parquet');
      const body = parquetOf(left);
      await lake.put('bronze', kept, body);
      const found = { bytes: String(body.length), rows: String(left.length), sha256: sha256(body) };
      files.push({ ...file, ...found, path: kept, etag: '' });
      old.push(file.path);
      gone += rows.length - left.length;
    }
  }
  if (gone === 0) return 0;
  const { rows, replaces = sha256(bytes) } = manifest;
  const landed = String(Number(rows.landed) - gone);
  const erased = String(Number(rows.erased ?? '0') + gone);
  const shortened: Manifest = { ...manifest, files, rows: { ...rows, landed, erased }, replaces };
  await lake.put('bronze', path, Buffer.from(JSON.stringify(shortened)));
  for (const file of old) await lake.remove('bronze', file);
  return gone;
}

async function blankRequests({ lake }: Outside, source: string, theirs: Theirs): Promise<number> {
  let count = 0;
  for (const { path } of await lake.list('quarantine', 'replays')) {
    const bytes = (await lake.read('quarantine', path)) ?? new Uint8Array();
    const request = ReplayRequest.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    const isTheirs = (values: ReplayRequest['rows'][number]['values']) => theirs({ id: values['id'] ?? '' });
    const held = request.rows.filter(({ values }) => request.source === source && isTheirs(values)).length;
    if (held === 0) continue;
    const rows = request.rows.map((row) => (isTheirs(row.values) ? { ...row, values: {} } : row));
    await lake.put('quarantine', path, Buffer.from(JSON.stringify({ ...request, rows })));
    count += held;
  }
  return count;
}
