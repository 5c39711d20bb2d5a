import type { Instance, Task } from './model';
import { numberActions } from './numbering';
import type { StepEnd, StepRecord } from './records';
import type { RunEnd } from './runOrchestrator';

export interface Decision {
  readonly defaultVersion: string | undefined;
  /** True when the app has a function of that name and kind. */
  knows(kind: 'activity' | 'orchestrator', name: string): boolean;
}

const NOTHING = { positions: [], tasks: [], cancelled: [], waits: {} } as const;

/** Turns the end of a run into the record that will be journaled. */
export function decide(
  instance: Instance,
  run: RunEnd,
  taken: { at: string; take: StepRecord['take'] },
  by: Decision,
): StepRecord {
  const head = { t: 'step', id: instance.id, generation: instance.generation, ...taken } as const;
  const custom = run.kind === 'state' ? run.state.customStatus : instance.customStatus;
  const status = custom === undefined ? {} : { customStatus: custom };
  const over = (end: StepEnd): StepRecord => ({ ...head, ...NOTHING, nextId: instance.nextId, ...status, end });
  const failed = (error: string, failure?: object): StepRecord => {
    const reason = `Orchestrator function '${instance.name}' failed: ${error}`;
    return over({ kind: 'failed', reason, details: '', ...(failure === undefined ? {} : { failure }) });
  };
  if (run.kind === 'threw') return failed(run.error, run.failure);
  const { state } = run;
  const numbered = numberActions(state.actions[0] ?? [], instance.positions, instance.nextId, by.defaultVersion);
  if ('refused' in numbered) return failed(numbered.refused);
  if (numbered.continueAsNew !== undefined) {
    return over({ kind: 'continued', input: JSON.stringify(numbered.continueAsNew.input ?? null) });
  }
  if (state.isDone) return over({ kind: 'completed', output: JSON.stringify(state.output ?? null) });
  const stranger = numbered.tasks.map(([, task]) => complaint(task, by)).find((text) => text !== undefined);
  if (stranger !== undefined) return failed(stranger);
  const { positions, tasks, cancelled, waits, nextId } = numbered;
  return { ...head, positions, tasks, cancelled, waits, nextId, ...status, end: { kind: 'waiting' } };
}

function complaint(task: Task, by: Decision): string | undefined {
  if (task.kind === 'timer') return Number.isNaN(task.fireAt) ? 'a timer has no valid time' : undefined;
  const kind = task.kind === 'child' ? 'orchestrator' : 'activity';
  if (by.knows(kind, task.name)) return undefined;
  return `The function '${task.name}' doesn't exist, is disabled, or is not ${kind === 'activity' ? 'an activity' : 'an orchestrator'} function.`;
}
