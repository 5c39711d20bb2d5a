import type { Activity } from '../definition/pipeline';
import type { Frame, Outcome, Result, RunContext } from './context';
import type { Failure } from './failure';
import { deciding, type Ended, outcome, readiness } from './rules';

/** What becomes of one activity of a group when its turn has come. */
export interface Member {
  run(context: RunContext, activity: Activity, frame: Frame): Promise<Result>;
  skip(context: RunContext, activity: Activity, frame: Frame): Result;
}

/**
 * Runs activities that stand beside each other, each as soon as what it depends on has ended.
 * @throws the abort reason when the run is cancelled, after everything under way has stopped
 */
export async function runGroup(
  member: Member,
  context: RunContext,
  activities: Activity[],
  frame: Frame,
): Promise<Outcome> {
  const ended = new Map<string, Ended>();
  const running = new Map<string, Promise<void>>();
  const begin = async (activity: Activity) => {
    const result = await member.run(context, activity, frame);
    frame.results.set(activity.name, result);
    ended.set(activity.name, result.status);
  };
  const waiting = new Set(activities);
  try {
    for (;;) {
      context.signal.throwIfAborted();
      const before = waiting.size;
      for (const activity of waiting) {
        const ready = readiness(activity, ended);
        if (ready !== 'wait') waiting.delete(activity);
        if (ready === 'skip') {
          frame.results.set(activity.name, member.skip(context, activity, frame));
          ended.set(activity.name, 'Skipped');
        }
        if (ready === 'run')
          running.set(
            activity.name,
            begin(activity).finally(() => running.delete(activity.name)),
          );
      }
      if (waiting.size < before) continue;
      if (running.size === 0) break;
      await Promise.race(running.values());
    }
  } finally {
    await Promise.allSettled(running.values());
  }
  if (outcome(activities, ended) === 'Succeeded') return { status: 'Succeeded', output: {} };
  return { status: 'Failed', output: {}, error: firstFailure(activities, frame, ended) };
}

function firstFailure(activities: Activity[], frame: Frame, ended: ReadonlyMap<string, Ended>): Failure {
  const name = deciding(activities, ended).find((one) => ended.get(one) === 'Failed') ?? '';
  const error = frame.results.get(name)?.error;
  if (!error) throw new Error(`activity '${name}' failed without saying why`);
  return error;
}
