import type { Step } from '../shared/contracts/run';
import type { External, SourceTask } from '../shared/contracts/steps';
import type { Window } from '../shared/contracts/window';
import type { Ports } from '../shared/ports/ports';
import type { PipelineRequest } from '../shared/sources/copyRequest';
import { refuseCancelled } from './cancellation';
import { begin, subjectOf } from './step';

/**
 * Starts a pipeline for a source under its key, and opens the bar of the step.
 * @param window whose copy it is: a run of this key can exist since it was planned; else since the run began
 */
export async function startPipeline(
  ports: Ports,
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
  const external = await ports.factory.start(request.pipeline, request.parameters, key, from);
  return begin(ports, run, subjectOf(task, window), step, external);
}
