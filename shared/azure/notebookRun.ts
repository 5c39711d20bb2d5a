import { z } from 'zod';
import type { NotebookRun } from '../ports/notebooks';
import { problemOfJob } from './failure';
import { parseJson } from './json';

/** An id of 64 bits: a number while it is small, text where the parser kept it. */
const Id = z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String);
const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

export const Submitted = z.object({ run_id: Id });

/** What is read of runs/get: `state` is the deprecated account of what `status` says; unknown words mean "not ended". */
export const RunState = z.object({
  state: z.object({ life_cycle_state: Text, result_state: Text, state_message: Text }).optional(),
  status: z
    .object({
      state: Text,
      termination_details: z.object({ code: Text, type: Text, message: Text }).optional(),
    })
    .optional(),
  tasks: z.array(z.object({ run_id: Id })).default([]),
});

/** What is read of runs/list. */
export const RunList = z.object({
  runs: z.array(z.object({ run_id: Id })).default([]),
  next_page_token: z.string().optional(),
});

/** What is read of runs/get-output of the task's run. */
export const RunOutput = z.object({
  notebook_output: z.object({ result: z.string().optional(), truncated: z.boolean().default(false) }).optional(),
  error: Text,
  error_trace: Text,
});

type RunState = z.infer<typeof RunState>;
export type RunOutput = z.infer<typeof RunOutput>;

const ENDED = new Set(['TERMINATED', 'SKIPPED', 'INTERNAL_ERROR']);
const CANCELLED = new Set(['CANCELED', 'CANCELLED', 'USER_CANCELED', 'UPSTREAM_CANCELED']);

/** Whether the run goes on, and else with which code it ended. */
export function endOf({ state, status }: RunState): { ended: false } | { ended: true; code: string; told: string } {
  const life = status?.state || state?.life_cycle_state || '';
  if (!ENDED.has(life)) return { ended: false };
  const { code = '', type = '', message = '' } = status?.termination_details ?? {};
  const result = code || state?.result_state || life;
  return { ended: true, code: result, told: [type, result, message || state?.state_message].filter(Boolean).join(' ') };
}

/** The outcome of a run that ended, from its code and the output of its task. */
export function outcomeOf(code: string, told: string, output: RunOutput | null): NotebookRun {
  if (CANCELLED.has(code)) return { kind: 'cancelled' };
  if (code !== 'SUCCESS') {
    const words = [told, output?.error, output?.error_trace].filter(Boolean).join('\n');
    return { kind: 'failed', problem: problemOfJob(words) };
  }
  const { result, truncated = false } = output?.notebook_output ?? {};
  if (result === undefined) return { kind: 'succeeded', output: null };
  if (truncated) return failed('The notebook exited with more than the 5 MB that the service hands back.');
  try {
    return { kind: 'succeeded', output: parseJson(result) };
  } catch {
    return failed(`The notebook exited with text that is not JSON: ${result}`);
  }
}

const failed = (why: string): NotebookRun => ({ kind: 'failed', problem: problemOfJob(why) });
