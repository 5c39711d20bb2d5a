import { z } from 'zod';
import { Count, Cursor, Instant, RunId } from './ids';
import { Problem } from './problem';
import { Window } from './window';

/** What a run would do with one source, as far as it is known before the source is asked. */
export const PlannedSource = z.strictObject({
  source: z.string(),
  table: z.string(),
  work: z
    .enum(['new', 'copy again', 'apply', 'commit', 'nothing'])
    .describe('a new window, or what is left to do of the open one'),
  window: Count.nullable(),
  mode: Window.shape.mode.nullable(),
  lower: Cursor.nullable(),
  upper: Cursor.nullable().describe('null: read at the source when the run comes to it'),
  rows: Count.nullable().describe('estimated; null: not known before the source counts'),
  because: z.string().describe('where the estimate comes from'),
  jobs: z.array(z.string()).describe('pipelines and notebooks, in the order in which they run'),
  busy: RunId.nullable().describe('the run that holds the source now'),
  problem: Problem.nullable().describe('why nothing would be done'),
});

/** GET /plan?source=a&source=b: nothing is started and nothing written. */
export const Plan = z.strictObject({
  plan: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .describe('stands for the state that it was made from: `run --plan` starts it or refuses'),
  catalog: Count,
  made: Instant,
  sources: z.array(PlannedSource),
  datasets: z.array(
    z.strictObject({
      dataset: z.string(),
      notebook: z.string(),
      because: z.array(z.string()).describe('sources whose new rows would touch it, and datasets that it needs'),
      reconcile: z.boolean(),
    }),
  ),
  mails: z.strictObject({ to: z.array(z.string()), when: z.array(z.string()) }),
});

export type PlannedSource = z.infer<typeof PlannedSource>;
export type Plan = z.infer<typeof Plan>;
