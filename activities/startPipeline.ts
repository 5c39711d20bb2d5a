import type { Step } from '../shared/contracts/run';
import type { External, SourceTask } from '../shared/contracts/steps';
import type { Window } from '../shared/contracts/window';
import type { Ports } from '../shared/ports/ports';
import { sourceInstance } from '../shared/runs/instances';
import type { PipelineRequest } from '../shared/sources/copyRequest';
import { callBack } from './callBack';
import { refuseCancelled } from './cancellation';
import { begin, subjectOf } from './step';
import type { Surroundings } from './surroundings';

/**
 * Starts a pipeline for a source under its key, and opens the bar of the step.
 * @param window whose copy it is: a run of this key can exist since it was planned; else since the run began
 */
export async function startPipeline(
  ports: Ports,
  surroundings: Surroundings,
  task: SourceTask,
  step: Step['name'],
  key: string,
  request: PipelineRequest | null,
  window?: Window,
): Promise<External> {
  const { run, source } = task;
  await refuseCancelled(ports, run, source);
  if (!request) throw new Error(`source ${source} has no such pipeline`);
  const from = window?.changed ?? (await ports.runs.get(run))?.started ?? ports.now().toISOString();
  const told = callBack(surroundings, sourceInstance(run, source, task.lane?.name));
  const external = await ports.factory.start(request.pipeline, { ...request.parameters, ...told }, key, from);
  return begin(ports, run, subjectOf(task, window), step, external);
}
