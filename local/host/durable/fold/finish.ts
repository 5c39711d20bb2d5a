import type { Hub, Instance, Outcome, Status } from '../model';
import { acceptTask } from './accept';
import type { Effects } from './effects';
import { EVENT, event } from './history';

/** Ends an instance and tells its parent, in the same record. */
export function finish(
  hub: Hub,
  instance: Instance,
  status: Status,
  output: string,
  told: Outcome,
  at: string,
  effects: Effects,
): void {
  instance.status = status;
  instance.output = output;
  instance.updatedAt = at;
  instance.history.push(event(EVENT.executionCompleted, at, { OrchestrationStatus: status, Result: output }));
  for (const id of instance.open.keys()) effects.closed(instance, id);
  instance.open.clear();
  instance.inbox = [];
  instance.retries = [];
  instance.held = [];
  instance.positions = [];
  effects.finished(instance);
  if (instance.parent !== undefined) acceptTask(hub, { ...instance.parent, outcome: told, at }, effects);
}
