import type { FactoryActivity } from '../../../shared/ports/factory';
import { limitOf, pointAt } from '../../support/readPoint';
import { type Row, timeText } from './database';
import type { Outside } from './outside';
import { parquetOf } from './parquet';

/** What the product subtracts from the server's clock unless the catalog says otherwise. */
const SAFETY_MS = 2000;

const COLUMNS = ['id', 'value', 'updated_at', 'deleted_at'].map((name) => ({
  name,
  type: name.endsWith('_at') ? 'timestamp(6)' : 'varchar(64)',
}));

type Parameters = Readonly<Record<string, unknown>>;
/** One part of a pipeline: done at one instant, in order, with others at work in between. */
export type Phase = () => Promise<FactoryActivity[]>;

const done = (name: string, type: string, output: object, properties = {}): FactoryActivity => ({
  name,
  type,
  status: 'Succeeded',
  input: {},
  output,
  problem: null,
  properties,
});
const text = (parameters: Parameters, name: string): string => String(parameters[name] ?? '');

/** The pipelines of `adf/` as the model knows them: the same names, parameters and outputs. */
export const PIPELINES: Readonly<Record<string, (outside: Outside, parameters: Parameters, run: string) => Phase[]>> = {
  copy_mysql_window: (outside, parameters) => mysqlCopy(outside, parameters, true),
  copy_mysql_snapshot: (outside, parameters) => mysqlCopy(outside, parameters, false),
  copy_landed_files: (outside, parameters) => filesCopy(outside, parameters),
  purge_expired: ({ lake }, parameters) => [
    async () => {
      const files = await lake.list(text(parameters, 'container'), text(parameters, 'folder'));
      const old = files.filter(({ modified }) => modified < text(parameters, 'before'));
      for (const { path } of old) await lake.remove(text(parameters, 'container'), path);
      return [done('Purge', 'Delete', { filesDeleted: old.length })];
    },
  ],
  export_gold: ({ lake }, parameters, run) =>
    ['csvFile', 'parquetFile'].map((file) => async () => {
      const from = `${text(parameters, 'sourceFolder')}/${text(parameters, 'sourceFile')}`;
      const published = await lake.read(text(parameters, 'sourceContainer'), from);
      if (!published) throw new Error(`UserErrorFileNotFound: ${from} does not exist`);
      const to = `${text(parameters, 'targetFolder')}/${run}-${text(parameters, file)}`;
      await lake.put(text(parameters, 'targetContainer'), to, published);
      return [done('Export', 'Copy', {})];
    }),
};

/** Read point and columns; the count; the copy: three queries at three times, while the shop goes on. */
function mysqlCopy(outside: Outside, parameters: Parameters, cursor: boolean): Phase[] {
  const table = text(parameters, 'table');
  const limit = limitOf(parameters['readPointQuery']);
  const lower = lowerOf(parameters['readPointQuery']);
  let upper = '';
  const inWindow = ({ updated_at }: Row): boolean =>
    updated_at === null ? limit === null : above(lower, updated_at) && updated_at <= upper;
  const chosen = (): Row[] => outside.shop.rows(table).filter((row) => !cursor || inWindow(row));
  return [
    async () => {
      const point = readPoint(outside, table, lower ?? '');
      upper = limit !== null && limit < point ? limit : point;
      return [
        ...(cursor ? [done('Read point', 'Lookup', { firstRow: { ...pointAt(upper), read_point: point } })] : []),
        done('Columns', 'Lookup', { count: COLUMNS.length, value: COLUMNS }),
      ];
    },
    async () => [done('Count', 'Lookup', { count: 1, value: [{ row_count: String(chosen().length) }] })],
    async () => {
      const rows = chosen();
      await outside.lake.put(text(parameters, 'container'), fileOf(parameters, 0), parquetOf(rows));
      return [done('Copy rows', 'Copy', { rowsRead: rows.length, rowsCopied: rows.length })];
    },
  ];
}

const above = (lower: string | null, cursor: string): boolean => lower === null || cursor > lower;

/** The bound that the product asks not to go below, from the query that it has the server answer. */
const lowerOf = (query: unknown): string | null =>
  /, c\.stable, '([^']+)'\) AS read_point/.exec(String(query))?.[1] ?? null;

/** An upper bound; none lies below the lower one. */
function readPoint({ shop, upper }: Outside, table: string, lower: string): string {
  const oldest = timeText((shop.oldest() ?? shop.now()) - 1000);
  const safe = timeText(shop.now() - SAFETY_MS);
  const seen = shop.rows(table).map(({ updated_at }) => updated_at ?? '');
  const points = { stable: [safe, oldest].sort().slice(0, 1), newest: seen };
  return [...points[upper], lower].sort().at(-1) ?? '';
}

interface FileToCopy {
  readonly folder: string;
  readonly name: string;
  readonly sha256: string;
  readonly part: number;
}

function filesCopy({ lake }: Outside, parameters: Parameters): Phase[] {
  const files = parameters['files'] as readonly FileToCopy[];
  return files.map(({ folder, name, sha256, part }) => async () => {
    const bytes = await lake.read(text(parameters, 'raw') || 'bronze', `${folder}/${name}`);
    if (!bytes) throw new Error(`UserErrorFileNotFound: ${folder}/${name} does not exist`);
    const [head = '', ...lines] = Buffer.from(bytes).toString('utf8').trim().split('\n');
    const cells = lines.map((line) => line.split(','));
    const good = cells.filter(({ length }) => length === 2);
    const rows = good.map(([id = '', value = '']): Row => ({ id, value, updated_at: null, deleted_at: null }));
    await lake.put(text(parameters, 'container'), fileOf(parameters, part), parquetOf(rows));
    const structure = head.split(',').map((column) => ({ name: column, type: 'String' }));
    return [
      done('Look at file', 'GetMetadata', { itemName: name, size: bytes.length, structure }, { File: sha256 }),
      done(
        'Copy file',
        'Copy',
        {
          rowsRead: cells.length,
          rowsCopied: rows.length,
          rowsSkipped: cells.length - rows.length,
        },
        { File: sha256 },
      ),
    ];
  });
}

const fileOf = (parameters: Parameters, part: number): string => `${text(parameters, 'folder')}/part-${part}.parquet`;
