import type { Pipeline } from '../definition/pipeline';
import type { ValueObject } from '../expression/value';
import type { Runs } from '../store/runs';

/**
 * The results that a rerun takes over from an earlier run of the same group: everything that does not depend on the
 * activity to start from, or, to start from the failure, everything that succeeded.
 */
export function adopted(
  runs: Runs,
  runId: string,
  pipeline: Pipeline,
  from: { activity?: string; failure: boolean },
): Record<string, ValueObject> {
  if (from.activity === undefined && !from.failure) return {};
  const again = from.activity === undefined ? new Set<string>() : dependants(pipeline, from.activity);
  const done = runs
    .activities(runId)
    .filter(
      ({ status, iterationHash, activityName }) =>
        status === 'Succeeded' && iterationHash === '' && !again.has(activityName),
    );
  return {
    ...runs.start(runId)?.adopted,
    ...Object.fromEntries(done.map(({ activityName, output }) => [activityName, output])),
  };
}

function dependants(pipeline: Pipeline, start: string): Set<string> {
  const found = new Set([start]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const { name, dependsOn } of pipeline.activities)
      if (dependsOn.some(({ activity }) => found.has(activity))) found.add(name);
  }
  return found;
}
