import { z } from 'zod';
import { ColumnName } from './columnName';
import { SourceCursor, SourceWindows } from './cursor';
import { Count, Name } from './ids';
import { KeyComparison } from './keys';
import { Debounce, Schedule } from './schedule';
import { SchemaPolicy } from './schema';

/** How a column is held in silver. */
export const ColumnType = z
  .string()
  .regex(
    /^(text|integer|bigint|double|boolean|timestamp|date|decimal\(\d{1,2},\d{1,2}\))$/,
    'text, integer, bigint, double, boolean, timestamp, date or decimal(p,s)',
  );

/** Personal-data class: `direct` is hashed with a key on the way into silver; `pseudonym` is the source's own. */
export const Pii = z.enum(['none', 'quasi', 'pseudonym', 'direct']);

export const Column = z.strictObject({ name: ColumnName, type: ColumnType, pii: Pii });

export const Rule = z.strictObject({
  name: Name,
  check: z.string().min(1).describe('SQL condition over the typed columns that a good row fulfils'),
  action: z.enum(['warn', 'quarantine', 'fail']),
});

export const Layout = z.strictObject({
  kind: z.enum(['standard', 'partitioned', 'clustered']),
  columns: z.array(z.string()).default([]),
});

export const Table = z.strictObject({
  name: Name,
  key: z.array(z.string()).min(1),
  order: z.array(z.strictObject({ column: z.string(), direction: z.enum(['asc', 'desc']) })).default([]),
  deleted: z.strictObject({ column: z.string() }).nullable().default(null),
  replace: z.boolean().default(false).describe('each window is the whole table (reference data, reports)'),
  layout: Layout.default({ kind: 'standard', columns: [] }),
  columns: z.array(Column).min(1),
  rules: z.array(Rule).default([]),
});

const Common = {
  name: Name,
  connection: z.string(),
  table: Name.describe('the silver table that this source feeds'),
  schema: SchemaPolicy.prefault({}),
  freshnessHours: z.number().positive().nullable().default(null).describe('since its last window, before it is late'),
};

/** Delimited text as Data Factory's DelimitedText dataset understands it. */
export const CsvFormat = z.strictObject({
  delimiter: z.string().length(1).default(','),
  quote: z.string().max(1).default('"'),
  escape: z.string().max(1).default('"'),
  encoding: z
    .enum(['UTF-8', 'UTF-16', 'UTF-16BE', 'windows-1250', 'windows-1252', 'ISO-8859-1', 'ISO-8859-2', 'ISO-8859-15'])
    .default('UTF-8'),
  nullValue: z.string().default(''),
  compression: z
    .enum(['auto', 'none', 'gzip', 'zip'])
    .default('auto')
    .describe('auto: as .gz and .zip in the name say'),
});

export const MySqlSource = z.strictObject({
  ...Common,
  kind: z.literal('mysql'),
  from: z
    .string()
    .regex(/^[A-Za-z_$][A-Za-z0-9_$]{0,63}$/)
    .describe('table in the database of the connection'),
  cursor: SourceCursor.nullable().default(null),
  windows: SourceWindows.prefault({}),
  readPoint: z
    .strictObject({
      by: z.enum(['transactions', 'lag']).default('transactions'),
      safetySeconds: z.number().int().min(1).max(3600).default(2),
      lagSeconds: z.number().int().min(1).max(604_800).default(600),
    })
    .prefault({}),
  deletes: KeyComparison.nullable().default(null),
});

/** When a file counts as complete: what its sender promises, or that it has come to rest. */
export const Completeness = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('rest').describe('size and time stay the same over two looks'),
    seconds: z.number().int().min(1).max(86_400).default(10).describe('between the two looks, at least'),
  }),
  z.strictObject({
    by: z.literal('marker').describe('a file beside it says so, and is not older'),
    name: z.string().min(1).default('{name}.done').describe('{name} stands for the name of the file'),
  }),
  z.strictObject({
    by: z.literal('checksum').describe('a file beside it holds its SHA-256'),
    name: z.string().min(1).default('{name}.sha256').describe('{name} stands for the name of the file'),
  }),
]);

/** What a file may come to at most; above it is refused before it fills a disk. */
const FileLimits = z.strictObject({
  megabytes: z.number().int().min(1).max(1_048_576).default(20_480).describe('unpacked'),
  ratio: z.number().int().min(2).max(1100).default(200).describe('unpacked to packed, above 16 MB'),
});

const FileCommon = {
  pattern: z.string().min(1).describe('file name with * and ?'),
  format: CsvFormat.prefault({}),
  complete: Completeness.prefault({ by: 'rest' }),
  limits: FileLimits.prefault({}),
};

export const SftpSource = z.strictObject({
  ...Common,
  kind: z.literal('sftp'),
  folder: z.string().describe('folder on the SFTP server: in the home folder of the user unless it begins with /'),
  ...FileCommon,
});

export const BlobSource = z.strictObject({
  name: Common.name,
  table: Common.table,
  schema: Common.schema,
  freshnessHours: Common.freshnessHours,
  kind: z.literal('blob'),
  folder: z.string().describe('folder in the landing container'),
  ...FileCommon,
  debounce: Debounce.nullable().default(null).describe('null: a run begins with the first file'),
});

export const Source = z.discriminatedUnion('kind', [MySqlSource, SftpSource, BlobSource]);

export const Reconciliation = z.strictObject({
  with: Name.describe('source whose newest committed window holds the partner report'),
  key: z.array(z.string()).min(1),
  tolerance: z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .default('0'),
});

export const Dataset = z.strictObject({
  name: Name,
  notebook: z.string().regex(/^[a-z_]+\/[a-z_]+$/),
  inputs: z.array(Name).min(1).describe('silver tables'),
  needs: z.array(Name).default([]).describe('datasets that are published before it, and whose new form makes it due'),
  file: z
    .string()
    .regex(/^[^/\\]+\.csv$/)
    .describe('name of the published file'),
  freshnessHours: z.number().positive().default(26).describe('behind its sources, before it is late'),
  reconcile: Reconciliation.nullable().default(null),
});

/** Keeping the lake and the record in order, on a schedule of its own. */
export const Maintenance = z.strictObject({
  schedule: z
    .strictObject({ cron: z.string(), zone: z.string().default('UTC') })
    .nullable()
    .default(null)
    .describe('by hand only when absent'),
  orphanHours: z
    .number()
    .int()
    .min(1)
    .default(24)
    .describe('files of bronze that no manifest names are removed when they are older'),
  keepRunDays: z.number().int().min(1).default(90).describe('history of runs; the last success always stays'),
  keepRawDays: z.number().int().min(1).default(30).describe('raw files in landing'),
  vacuumHours: z
    .number()
    .int()
    .min(168)
    .default(168)
    .describe('how far back a table can be read; a change feed that is older is computed anew'),
});

/** Where a connection lives (host, port, user) is a setting of the deployment; the secret lies in Key Vault. */
export const Connection = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  kind: z.enum(['mysql', 'sftp']),
  database: z.string().optional(),
  secret: z
    .string()
    .regex(/^[0-9a-zA-Z-]{1,127}$/)
    .describe('name of the Key Vault secret, never a secret'),
});

export const Alerts = z.strictObject({ to: z.array(z.email()).min(1) });

export const Limits = z.strictObject({
  parallelSources: z.number().int().min(1).max(50).default(8),
  attempts: z.number().int().min(1).max(10).default(3),
  leaseSeconds: z.number().int().min(30).max(86_400).default(300),
  sweepMinutes: z
    .number()
    .int()
    .min(1)
    .max(1440)
    .default(15)
    .describe('between two looks at the landing zone for files that no event announced'),
  codec: z
    .enum(['snappy', 'gzip', 'none'])
    .default('snappy')
    .describe("how bronze is compressed, in the words of Data Factory's Parquet data set, which has no others"),
});

/** A compiled catalog: what a run is pinned to. Stored as JSON, numbered, never changed. */
export const Catalog = z.strictObject({
  version: Count,
  shop: Name,
  connections: z.array(Connection),
  sources: z.array(Source),
  tables: z.array(Table),
  datasets: z.array(Dataset),
  schedules: z.array(Schedule),
  maintenance: Maintenance.prefault({}),
  alerts: Alerts,
  limits: Limits,
});

export type Catalog = z.infer<typeof Catalog>;
export type { Schedule } from './schedule';
export type { SchemaPolicy } from './schema';
export type Source = z.infer<typeof Source>;
export type MySqlSource = z.infer<typeof MySqlSource>;
export type SftpSource = z.infer<typeof SftpSource>;
export type BlobSource = z.infer<typeof BlobSource>;
export type FileSource = SftpSource | BlobSource;
export type CsvFormat = z.infer<typeof CsvFormat>;
export type Completeness = z.infer<typeof Completeness>;
export type FileLimits = z.infer<typeof FileLimits>;
export type Table = z.infer<typeof Table>;
export type Dataset = z.infer<typeof Dataset>;
export type Connection = z.infer<typeof Connection>;
