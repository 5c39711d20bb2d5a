import { randomUUID } from 'node:crypto';
import { works } from '../activities/works';
import type { Activity } from '../definition/pipeline';
import { textOf } from '../expression/text';
import type { ActivityRun } from '../store/records';
import { containers } from './containers';
import type { Frame, Outcome, Result, RunContext } from './context';
import { controls } from './controls';
import { spanMs } from './duration';
import { ActivityError, failureOf } from './failure';
import { runGroup } from './group';
import { resolve } from './resolve';
import { pipelineScope } from './scope';
import { STOPPED } from './stopped';
import { userProperties } from './userProperties';

/** One attempt, as the code of an activity type sees it. */
export interface Attempt<A extends Activity = Activity> {
  readonly context: RunContext;
  readonly activity: A;
  readonly frame: Frame;
  readonly activityRunId: string;
  /** Ends with the run or with the activity's own time-out. */
  readonly signal: AbortSignal;
  /** Runs the activities that this one holds. */
  group(activities: Activity[], frame: Frame): Promise<Outcome>;
  /** Shows evaluated input in the activity's record. */
  note(input: unknown): void;
}

const NO_ERROR = { errorCode: '', message: '', failureType: '', details: '' } as const;
const DEFAULT_TIMEOUT = '0.12:00:00';
const DEFAULT_RETRY_SECONDS = 30;

/** Runs activities that stand beside each other, and what they hold. */
export const runActivities = (context: RunContext, activities: Activity[], frame: Frame): Promise<Outcome> =>
  runGroup({ run: runActivity, skip: skipActivity }, context, activities, frame);

/** Runs an activity with its retries; every attempt has a record of its own, as in the service. */
async function runActivity(context: RunContext, activity: Activity, frame: Frame): Promise<Result> {
  const adopted = frame.parent ? undefined : context.start.adopted[activity.name];
  if (adopted) return { status: 'Succeeded', output: adopted, activityRunId: '' };
  const retries = Number(resolve(activity.policy.retry ?? 0, pipelineScope(context, frame)));
  const pause = activity.policy.retryIntervalInSeconds ?? DEFAULT_RETRY_SECONDS;
  for (let attempt = 0; ; attempt += 1) {
    const result = await runAttempt(context, activity, frame, attempt);
    if (result.status === 'Succeeded' || attempt >= retries) return result;
    await context.services.pause(pause * 1000, context.signal);
  }
}

async function runAttempt(context: RunContext, activity: Activity, frame: Frame, attempt: number): Promise<Result> {
  const { runs } = context.services;
  let record = opened(context, activity, frame, attempt);
  runs.activity(record);
  const note = (input: unknown) => {
    record = { ...record, input: activity.policy.secureInput ? {} : input };
  };
  let outcome: Outcome;
  try {
    outcome = await timed(context, activity, frame, record.activityRunId, note);
  } catch (error) {
    if (context.signal.aborted) {
      if (context.signal.reason !== STOPPED) runs.activity(closed(record, 'Cancelled'));
      throw error;
    }
    outcome = { status: 'Failed', output: {}, error: failureOf(error, activity.name, activity.type) };
  }
  const output = activity.policy.secureOutput ? {} : outcome.output;
  const error = outcome.status === 'Failed' ? { error: outcome.error } : {};
  runs.activity({ ...closed(record, outcome.status), output, ...error });
  return { status: outcome.status, output: outcome.output, activityRunId: record.activityRunId, ...error };
}

async function timed(
  context: RunContext,
  activity: Activity,
  frame: Frame,
  activityRunId: string,
  note: Attempt['note'],
): Promise<Outcome> {
  const span = textOf(resolve(activity.policy.timeout ?? DEFAULT_TIMEOUT, pipelineScope(context, frame)));
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), Math.min(spanMs(span), 2 ** 31 - 1));
  const signal = AbortSignal.any([context.signal, clock.signal]);
  try {
    const group: Attempt['group'] = (activities, within) => runActivities(context, activities, within);
    return await dispatch({ context, activity, frame, activityRunId, signal, group, note });
  } catch (error) {
    if (!clock.signal.aborted || context.signal.aborted) throw error;
    throw new ActivityError(
      '2107',
      `The activity '${activity.name}' ran longer than its time-out of ${span}.`,
      'UserError',
      error,
    );
  } finally {
    clearTimeout(timer);
  }
}

function dispatch(attempt: Attempt): Promise<Outcome> {
  const { activity } = attempt;
  switch (activity.type) {
    case 'ForEach':
      return containers.ForEach({ ...attempt, activity });
    case 'IfCondition':
      return containers.IfCondition({ ...attempt, activity });
    case 'Switch':
      return containers.Switch({ ...attempt, activity });
    case 'Until':
      return containers.Until({ ...attempt, activity });
    case 'SetVariable':
      return controls.SetVariable({ ...attempt, activity });
    case 'AppendVariable':
      return controls.AppendVariable({ ...attempt, activity });
    case 'Filter':
      return controls.Filter({ ...attempt, activity });
    case 'ExecutePipeline':
      return controls.ExecutePipeline({ ...attempt, activity });
    default:
      return works({ ...attempt, activity });
  }
}

/** Records that an activity was not run because its conditions did not hold. */
function skipActivity(context: RunContext, activity: Activity, frame: Frame): Result {
  const record = opened(context, activity, frame, 0);
  context.services.runs.activity(closed(record, 'Skipped'));
  return { status: 'Skipped', output: {}, activityRunId: record.activityRunId };
}

function opened(context: RunContext, activity: Activity, frame: Frame, attempt: number): ActivityRun {
  const { run } = context;
  return {
    activityRunId: randomUUID(),
    activityName: activity.name,
    activityType: activity.type,
    pipelineName: run.pipelineName,
    pipelineRunId: run.runId,
    status: 'InProgress',
    activityRunStart: new Date().toISOString(),
    activityRunEnd: null,
    durationInMs: null,
    retryAttempt: attempt === 0 ? null : attempt,
    iterationHash: frame.iteration,
    userProperties: userProperties(context, activity, frame),
    linkedServiceName: '',
    input: {},
    output: {},
    error: { ...NO_ERROR, target: activity.name },
  };
}

function closed(record: ActivityRun, status: ActivityRun['status']): ActivityRun {
  const end = new Date();
  return {
    ...record,
    status,
    activityRunEnd: end.toISOString(),
    durationInMs: end.getTime() - Date.parse(record.activityRunStart),
  };
}
