import { z } from 'zod';

/** How a task stands. `ended` carries the words of the API, so that a restart changes nothing about them. */
export const Progress = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({ kind: z.literal('running'), since: z.number() }),
  z.strictObject({
    kind: z.literal('ended'),
    since: z.number().nullable(),
    at: z.number(),
    lifeCycle: z.enum(['TERMINATED', 'SKIPPED', 'INTERNAL_ERROR']),
    result: z.enum(['SUCCESS', 'FAILED', 'TIMEDOUT', 'CANCELED', 'UPSTREAM_FAILED', 'UPSTREAM_CANCELED']),
    code: z.string(),
    type: z.enum(['SUCCESS', 'CLIENT_ERROR', 'CLOUD_FAILURE', 'INTERNAL_ERROR']),
    message: z.string(),
    output: z.string().nullable(),
    error: z.string().nullable(),
    trace: z.string().nullable(),
  }),
]);

export const TaskRecord = z.strictObject({
  runId: z.number().int(),
  key: z.string(),
  notebook: z.string(),
  parameters: z.record(z.string(), z.string()),
  after: z.array(z.string()),
  timeoutSeconds: z.number().int(),
  progress: Progress,
});

/** A submitted run as it lies on disk: one file a run. Times are epoch milliseconds. */
export const RunRecord = z.strictObject({
  runId: z.number().int(),
  name: z.string(),
  token: z.string().nullable(),
  creator: z.string(),
  created: z.number(),
  queued: z.boolean(),
  timeoutSeconds: z.number().int(),
  cancelled: z.boolean(),
  tasks: z.array(TaskRecord).min(1),
});

export type Progress = z.infer<typeof Progress>;
export type Ended = Extract<Progress, { kind: 'ended' }>;
export type TaskRecord = z.infer<typeof TaskRecord>;
export type RunRecord = z.infer<typeof RunRecord>;

export const isOver = (run: RunRecord): boolean => run.tasks.every((task) => task.progress.kind === 'ended');
