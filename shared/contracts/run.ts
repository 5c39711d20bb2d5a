import { z } from 'zod';
import { Guarantee } from './cursor';
import { Count, Cursor, Instant, RunId } from './ids';
import { KeyTask } from './keys';
import { Aside } from './lane';
import { Reconciled } from './listing';
import { Problem } from './problem';
import { WhenBusy } from './schedule';

/** Why a run exists: a schedule came due, a file arrived, or a person asked for it. Whichever it was, the run is the same. */
export const Trigger = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('timer'), schedule: z.string(), tick: Instant }),
  z.strictObject({ kind: z.literal('blob'), path: z.string(), etag: z.string() }),
  z.strictObject({ kind: z.literal('http'), actor: z.string(), reason: z.string() }),
]);

export const RunRequest = z.strictObject({
  run: RunId,
  catalog: Count,
  sources: z.array(z.string()),
  datasets: z.array(z.string()).optional().describe('computed even when none of their inputs moves'),
  trigger: Trigger,
  rerunOf: RunId.optional().describe('the run that this one continues'),
  replay: z.boolean().optional().describe('takes up quarantined rows, as its request in the lake names them'),
  aside: Aside.optional().describe('windows beside the live ones'),
  keys: KeyTask.optional().describe('finds rows that are gone at their source, behind the windows'),
  reconcile: z.boolean().optional().describe('holds bronze and silver against the sources, behind the windows'),
  whenBusy: WhenBusy.optional().describe('absent: a person waits, everything else queues'),
});

/** Skipped: it gave way in all of its sources. */
export const RunStatus = z.enum(['Queued', 'Running', 'Succeeded', 'Failed', 'Cancelled', 'Skipped']);

/** One line of the Gantt: an external copy, a job, or a decision. */
export const Step = z.strictObject({
  run: RunId,
  id: z.string().describe('unique in the run, for instance users/copy'),
  subject: z.string().describe('source or dataset'),
  name: z.enum([
    'wait',
    'look',
    'fetch',
    'copy',
    'land',
    'apply',
    'commit',
    'keys',
    'deletes',
    'check',
    'sums',
    'compare',
    'rows',
    'trace',
    'publish',
    'export',
    'reconcile',
    'maintain',
    'sweep',
    'purge',
    'expire',
    'erase',
  ]),
  status: z.enum(['Running', 'Succeeded', 'Failed', 'Skipped']),
  started: Instant,
  ended: Instant.nullable(),
  rowsIn: Count.nullable().default(null),
  rowsOut: Count.nullable().default(null),
  detail: z.string().default(''),
  external: z.string().default('').describe('id of the factory or Databricks run'),
  problem: Problem.nullable().default(null),
});

export const SourceReport = z.strictObject({
  source: z.string(),
  outcome: z.enum(['committed', 'nothing-new', 'parked', 'failed', 'busy', 'cancelled', 'skipped', 'joined']),
  met: RunId.nullable()
    .default(null)
    .describe('skipped: the run that is at work; joined: the one that does it instead'),
  window: Count.nullable().default(null).describe('the last one, when the run needed several'),
  windows: Count.default('0').describe('windows that this run took to the commit'),
  guarantee: Guarantee.nullable().default(null).describe('lag: a long transaction may have been missed'),
  lower: Cursor.nullable().default(null),
  upper: Cursor.nullable().default(null),
  read: Count.default('0'),
  landed: Count.default('0'),
  rejected: Count.default('0'),
  inserted: Count.default('0'),
  updated: Count.default('0'),
  deleted: Count.default('0'),
  quarantined: Count.default('0'),
  keys: z
    .enum(['compared', 'stopped', 'failed'])
    .optional()
    .describe('of the comparison with the keys of the source; stopped: too many are gone, and a person is asked'),
  reconciled: Reconciled.optional(),
  problems: z.array(Problem).default([]),
});

export const DatasetReport = z.strictObject({
  dataset: z.string(),
  outcome: z.enum(['published', 'unchanged', 'blocked', 'failed', 'cancelled']),
  rows: Count.default('0'),
  published: z.string().nullable().default(null).describe('published form, path in the gold container'),
  cells: Count.default('0').describe('cells compared with the partner'),
  mismatches: Count.default('0'),
  problems: z.array(Problem).default([]),
});

/** One piece of work of a run that moves no source: maintenance of a table, a sweep, a purge. */
export const PartReport = z.strictObject({
  part: z.string(),
  outcome: z.enum(['done', 'unchanged', 'failed']),
  detail: z.string(),
  problems: z.array(Problem).default([]),
});

/** What a run does that moves no source. */
export const Upkeep = z.strictObject({
  kind: z.enum(['maintenance', 'erasure']),
  tables: z.array(z.string()).describe('of silver and gold; none: the whole lake'),
  parts: z.array(PartReport),
});

export const RunReport = z.strictObject({
  run: RunId,
  status: RunStatus,
  sources: z.array(SourceReport),
  datasets: z.array(DatasetReport),
});

/** That a person wants a run to stop: every later step of it refuses to begin. */
export const Cancellation = z.strictObject({ actor: z.string(), reason: z.string(), at: Instant });

/** A run as people see it. */
export const Run = z.strictObject({
  run: RunId,
  status: RunStatus,
  trigger: Trigger,
  catalog: Count,
  wanted: z.array(z.string()),
  started: Instant,
  ended: Instant.nullable(),
  sources: z.array(SourceReport).default([]),
  datasets: z.array(DatasetReport).default([]),
  problem: Problem.nullable().default(null),
  rerunOf: RunId.optional(),
  replay: z.boolean().optional(),
  aside: Aside.optional(),
  keys: KeyTask.optional(),
  upkeep: Upkeep.optional().describe('only of a run that moves no source'),
  reconcile: z.boolean().optional(),
});

export type Trigger = z.infer<typeof Trigger>;
export type RunRequest = z.infer<typeof RunRequest>;
export type RunStatus = z.infer<typeof RunStatus>;
export type Step = z.infer<typeof Step>;
export type SourceReport = z.infer<typeof SourceReport>;
export type DatasetReport = z.infer<typeof DatasetReport>;
export type PartReport = z.infer<typeof PartReport>;
export type Upkeep = z.infer<typeof Upkeep>;
export type RunReport = z.infer<typeof RunReport>;
export type Cancellation = z.infer<typeof Cancellation>;
export type Run = z.infer<typeof Run>;
