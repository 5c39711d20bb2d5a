import { z } from 'zod';
import { activity } from './activity';
import { Reading } from './cursor';
import { Sha256, UnreadableFile } from './files';
import { Count, Cursor, Instant, RunId } from './ids';
import { KeyTask } from './keys';
import { Lane } from './lane';
import { Problem } from './problem';
import { DatasetReport, RunReport, RunRequest, SourceReport } from './run';
import { WhenBusy } from './schedule';
import { SourceColumn } from './schema';
import { Account, FileAccount, InputFile, Lease, Outcome, Watermark, Window } from './window';

/** Pauses between two looks at an outside run, in seconds. */
export const Pace = z.strictObject({ first: z.number().positive(), longest: z.number().positive() });

/** One source in one run. */
export const SourceTask = z.strictObject({
  run: RunId,
  catalog: Count,
  source: z.string(),
  kind: z.enum(['mysql', 'sftp', 'blob']),
  pace: Pace,
  byHand: z.boolean().describe('a person asked: a parked window is tried again'),
  whenBusy: WhenBusy,
  attempts: z.number().int().min(1),
  lane: Lane.optional(),
  replaces: z.boolean().optional().describe('each window is the whole table'),
  keys: KeyTask.optional().describe('compares the keys of the source behind its windows'),
  reconcile: z
    .enum(['bronze', 'content'])
    .optional()
    .describe(
      'behind its windows, holds bronze against what landed, and also the content of silver against the source',
    ),
});

/** One dataset in one run. */
export const DatasetTask = z.strictObject({
  run: RunId,
  catalog: Count,
  dataset: z.string(),
  pace: Pace,
  needs: z.array(z.string()).default([]).describe('datasets of the same run that are published before it'),
  publish: z.boolean(),
  reconcile: z.boolean(),
  inputs: z.record(z.string(), z.string()).describe('how far each source that feeds it is in silver'),
});

/** An outside run that was started; `started` opens its bar in the Gantt. */
export const External = z.strictObject({ external: z.string(), started: Instant });

export const Running = z.strictObject({ kind: z.literal('running') });
export const Failed = z.strictObject({ kind: z.literal('failed'), problem: Problem });
const Parked = z.strictObject({ kind: z.literal('parked'), window: Window });

export const Copied = z.strictObject({
  kind: z.literal('copied'),
  upper: Cursor.nullable(),
  account: Account,
  reading: Reading.nullable().default(null),
  columns: z.array(SourceColumn),
  sometimes: z.array(z.string()).describe('columns that only some of the files have'),
  logs: z.array(z.string()).describe('session logs with the lines that were left out, container first'),
});

export const Applied = z.strictObject({
  kind: z.literal('applied'),
  outcome: Outcome,
  byFile: z.array(FileAccount),
});

export const WindowTask = z.strictObject({ task: SourceTask, lease: Lease, window: Window });
export const Attempt = z.number().int().min(1).describe('a new attempt is a new job; the same one never runs twice');
export const LookTask = z.strictObject({ task: SourceTask, lease: Lease });

export const openRun = activity(
  'openRun',
  RunRequest,
  z.strictObject({ tasks: z.array(SourceTask), parallel: z.number().int() }),
);

export const openAside = activity(
  'openAside',
  RunRequest,
  z.strictObject({
    tasks: z.array(SourceTask),
    parallel: z.number().int(),
    busy: z
      .array(Problem)
      .default([])
      .describe('sources that are left alone, since somebody is erased from their table'),
  }),
);

export const takeLease = activity(
  'takeLease',
  z.strictObject({ task: SourceTask, wait: External.nullable().describe('the bar of its wait, once it waits') }),
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('held'), lease: Lease }),
    z.strictObject({
      kind: z.literal('running'),
      wait: External,
      seconds: z.number().nullable().describe('until it is worth to ask again; null: nobody knows'),
    }),
    z.strictObject({ kind: z.literal('gave-way'), outcome: z.enum(['skipped', 'joined']), to: RunId }),
    z.strictObject({ kind: z.literal('busy'), problem: Problem }),
  ]),
);
export const releaseLease = activity('releaseLease', Lease, z.null());

export const planWindow = activity(
  'planWindow',
  LookTask.extend({
    files: z.array(InputFile).describe('admitted, and in no window yet'),
    without: z.array(Sha256).default([]).describe('content that the open window loses: refused, or taken away'),
    until: Cursor.nullable().default(null).describe('read point of this run, from its second window of the source on'),
  }),
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ready'), window: Window }),
    Parked,
    z.strictObject({ kind: z.literal('nothing-new') }),
  ]),
);
export const startCopy = activity('startCopy', WindowTask, External);
export const readCopy = activity(
  'readCopy',
  WindowTask.extend({ copy: External }),
  z.discriminatedUnion('kind', [
    Running,
    Failed,
    Copied,
    Parked,
    z.strictObject({ kind: z.literal('unreadable'), files: z.array(UnreadableFile).min(1), problem: Problem }),
  ]),
);
export const landWindow = activity(
  'landWindow',
  WindowTask.extend({ copied: Copied }),
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('landed'), window: Window, problems: z.array(Problem) }),
    Parked,
  ]),
);
export const startApply = activity(
  'startApply',
  WindowTask.extend({
    attempt: Attempt,
  }),
  External,
);
export const readApply = activity(
  'readApply',
  WindowTask.extend({ apply: External }),
  z.discriminatedUnion('kind', [Running, Failed, Applied]),
);
export const commitWindow = activity('commitWindow', WindowTask, Watermark);

export const planGold = activity(
  'planGold',
  z.strictObject({ request: RunRequest, sources: z.array(SourceReport) }),
  z.strictObject({ tasks: z.array(DatasetTask), blocked: z.array(DatasetReport) }),
);
/** A publication of before there were serials is older than any that has one. */
const Serial = Count.default('0').describe('of all publications of the dataset the later one has the higher number');
export const startPublish = activity('startPublish', z.strictObject({ task: DatasetTask, attempt: Attempt }), External);
export const readPublish = activity(
  'readPublish',
  z.strictObject({ task: DatasetTask, publish: External }),
  z.discriminatedUnion('kind', [
    Running,
    Failed,
    z.strictObject({ kind: z.literal('published'), rows: Count, published: z.string(), serial: Serial }),
  ]),
);
export const startExport = activity(
  'startExport',
  z.strictObject({ task: DatasetTask, published: z.string(), attempt: Attempt }),
  External,
);
export const readExport = activity(
  'readExport',
  z.strictObject({ task: DatasetTask, exported: External, published: z.string(), rows: Count, serial: Serial }),
  z.discriminatedUnion('kind', [Running, Failed, z.strictObject({ kind: z.literal('exported') })]),
);
export const reconcileDataset = activity(
  'reconcileDataset',
  DatasetTask,
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('compared'), cells: Count, mismatches: Count, problem: Problem.nullable() }),
    z.strictObject({ kind: z.literal('no-partner') }),
  ]),
);

export const closeRun = activity('closeRun', z.strictObject({ request: RunRequest, report: RunReport }), z.null());

export type Pace = z.infer<typeof Pace>;
export type SourceTask = z.infer<typeof SourceTask>;
export type DatasetTask = z.infer<typeof DatasetTask>;
export type External = z.infer<typeof External>;
export type Copied = z.infer<typeof Copied>;
export type Applied = z.infer<typeof Applied>;
export type LookTask = z.infer<typeof LookTask>;
export type WindowTask = z.infer<typeof WindowTask>;
