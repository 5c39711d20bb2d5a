import { z } from 'zod';
import { Column, Dataset, Layout, Source } from './catalog';
import { SeenFile } from './files';
import { Freshness } from './freshness';
import { Count, Instant, RunId } from './ids';
import { Problem, ProblemCode } from './problem';
import { Run, Step } from './run';
import { Place, Schedule } from './schedule';
import { Watermark, Window } from './window';

/** The HTTP API below /api/v1: each entry is one route. Types, OpenAPI and forms are derived from here. */

/** POST /runs */
export const StartRun = z
  .strictObject({
    sources: z.array(z.string()).min(1).optional().describe('all sources when absent'),
    reason: z.string().min(1).max(500).default('started by hand'),
    plan: z
      .string()
      .optional()
      .describe('start what this plan of the same sources showed, or refuse when that is no longer what would be done'),
    queue: z
      .boolean()
      .default(true)
      .describe('wait for the run that is at work on a source; else, and with a plan, a busy source fails at once'),
    deletes: z.boolean().default(false).describe('also find rows that are gone at their source, by its keys'),
    reconcile: z.boolean().default(false).describe('also hold bronze and silver against the sources'),
    acceptDeletes: Count.nullable().default(null).describe('so many of them may go, whatever the catalog allows'),
  })
  .refine(({ deletes, acceptDeletes }) => deletes || acceptDeletes === null, 'acceptDeletes needs deletes');
/** 202 of POST /runs */
export const Started = z.strictObject({ run: RunId });

/** POST /maintenance */
export const StartMaintenance = z.strictObject({
  tables: z.array(z.string()).min(1).optional().describe('silver tables and datasets; the whole lake when absent'),
  reason: z.string().min(1).max(500).default('started by hand'),
});

/** POST /erasures */
export const EraseSubject = z.strictObject({
  table: z.string(),
  key: z.array(z.string()).min(1).describe('one value for each key column, as the source writes it'),
  reason: z.string().trim().min(1).max(500),
  purgeNow: z.boolean().default(false).describe('old versions of the tables go at once'),
});

/** GET /runs?limit=&before= */
export const RunList = z.strictObject({ runs: z.array(Run), next: RunId.nullable() });

/** GET /runs/{run} */
export const RunDetail = z.strictObject({ run: Run, steps: z.array(Step) });

/** GET /sources */
export const SourceView = z.strictObject({
  source: Source,
  watermark: Watermark.nullable(),
  open: Window.nullable(),
  busy: RunId.nullable(),
  freshness: Freshness,
  waiting: Place.nullable().describe('the run that a schedule or a file started and that waits for this one'),
});
export const SourceList = z.strictObject({ sources: z.array(SourceView) });

/** GET /sources/{source}/windows */
export const WindowList = z.strictObject({ windows: z.array(Window) });

/** GET /sources/{source}/history */
export const History = z.strictObject({
  events: z.array(z.strictObject({ at: Instant, what: z.string(), run: z.string(), detail: z.string() })),
});

/** GET /sources/{source}/files?limit=&outcome= ; the last seen first */
export const FileView = SeenFile.extend({
  window: Count.nullable().describe('the committed window that holds it; null while it is in none'),
});
export const FileList = z.strictObject({ files: z.array(FileView) });

/** GET /datasets */
export const DatasetView = z.strictObject({
  dataset: Dataset,
  published: z.string().nullable(),
  rows: Count,
  run: RunId.nullable(),
  at: Instant.nullable(),
  freshness: Freshness,
});
export const DatasetList = z.strictObject({ datasets: z.array(DatasetView) });

/** GET /datasets/{dataset}/rows?limit=&after= ; cells as the text of the published form, ids never as numbers */
export const Rows = z.strictObject({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string().nullable())),
  next: Count.nullable(),
});

/** GET /catalog ; POST /catalog takes the YAML text as it is and answers this */
export const CatalogView = z.strictObject({
  version: Count,
  shop: z.string(),
  sources: z.array(Source),
  tables: z.array(z.strictObject({ name: z.string(), columns: z.array(Column), layout: Layout })),
  datasets: z.array(Dataset),
  schedules: z.array(Schedule),
});
/** 422 of POST /catalog */
export const CatalogFaults = z.strictObject({
  problem: Problem,
  faults: z.array(z.strictObject({ line: z.number(), column: z.number(), what: z.string(), cure: z.string() })),
});

/** GET /schedules */
export const ScheduleList = z.strictObject({
  schedules: z.array(z.strictObject({ schedule: Schedule, next: z.array(Instant), served: Instant.nullable() })),
});

/** GET /alerts */
export const AlertList = z.strictObject({
  alerts: z.array(
    z.strictObject({
      key: z.string(),
      to: z.array(z.string()),
      subject: z.string(),
      queued: Instant,
      sent: Instant.nullable(),
      failed: ProblemCode.nullable().default(null).describe('why it was not taken the last time that it was tried'),
      again: Instant.nullable().default(null).describe('when it is tried again then'),
    }),
  ),
});

/** GET /health, without a key: alive and nothing more */
export const Health = z.strictObject({ status: z.literal('ok'), catalog: Count.nullable() });

/** Body of every 4xx and 5xx, application/problem+json */
export const ProblemBody = z.strictObject({ problem: Problem, correlation: z.string() });
