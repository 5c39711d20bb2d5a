import { type Hub, type Instance, isFinished, type Message } from '../model';
import type { EventRecord, TaskRecord } from '../records';
import type { Effects } from './effects';

/**
 * The single place where a result is taken or dropped: it counts while its task is open in the same generation, and taking
 * it closes the task. A second result, or one of an abandoned generation, finds nothing open.
 */
export function acceptTask(hub: Hub, record: Omit<TaskRecord, 't'>, effects: Effects): void {
  const instance = hub.instances.get(record.id);
  const open = instance?.open.get(record.task);
  if (instance === undefined || open === undefined || instance.generation !== record.generation) return;
  instance.open.delete(record.task);
  instance.updatedAt = record.at;
  const message: Message = { kind: 'task', id: record.task, at: record.at, outcome: record.outcome, of: open };
  (isHandledByLibrary(message) ? instance.retries : instance.inbox).push(message);
  effects.arrived(instance);
}

/** A failed attempt, or a delay with attempts left, changes only the library's own retry state. */
function isHandledByLibrary({ of, outcome }: Extract<Message, { kind: 'task' }>): boolean {
  if (of.task.kind !== 'timer') return outcome.kind === 'failed' && of.task.attempt !== undefined;
  const attempt = of.task.retries?.attempt;
  return attempt !== undefined && attempt.number < attempt.rule.maxNumberOfAttempts;
}

/** Events wait in the hub until the orchestrator has a wait for their name: the library would lose them otherwise. */
export function acceptEvent(hub: Hub, record: EventRecord, effects: Effects): void {
  const instance = hub.instances.get(record.id);
  if (instance === undefined || isFinished(instance)) return;
  instance.held.push({
    kind: 'event',
    at: record.at,
    name: record.name,
    ...(record.input === undefined ? {} : { input: record.input }),
  });
  instance.updatedAt = record.at;
  releaseEvents(instance);
  effects.arrived(instance);
}

/** Moves as many held events to the inbox as there are waits for their names. */
export function releaseEvents(instance: Instance): void {
  instance.held = instance.held.filter((held) => {
    const waits = instance.waits.get(held.name) ?? 0;
    if (waits === 0) return true;
    instance.waits.set(held.name, waits - 1);
    instance.inbox.push(held);
    return false;
  });
}
