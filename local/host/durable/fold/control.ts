import { type Hub, isFinished } from '../model';
import type { ControlRecord } from '../records';
import type { Effects } from './effects';
import { finish } from './finish';

/** Terminates, suspends or resumes an unfinished instance. Children are left alone, as in the real service. */
export function control(hub: Hub, { id, what, reason, at }: ControlRecord, effects: Effects): void {
  const instance = hub.instances.get(id);
  if (instance === undefined || isFinished(instance)) return;
  if (what === 'terminate') {
    const told = {
      kind: 'failed',
      reason: `Sub-orchestration '${instance.name}' was terminated: ${reason}`,
      details: '',
    } as const;
    finish(hub, instance, 'Terminated', JSON.stringify(reason), told, at, effects);
    return;
  }
  instance.suspended = what === 'suspend';
  instance.updatedAt = at;
  if (what === 'resume') effects.arrived(instance);
}
