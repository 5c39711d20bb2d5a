import { type Hub, type Instance, isFinished, type Message } from '../model';
import type { StepRecord } from '../records';
import { releaseEvents } from './accept';
import { freshGeneration } from './begin';
import type { Effects } from './effects';
import { finish } from './finish';
import { delivered, EVENT, event } from './history';
import { openTask } from './open';

/** Applies one orchestrator run. A run of an instance that was ended or replaced meanwhile changes nothing. */
export function step(hub: Hub, record: StepRecord, effects: Effects): void {
  const instance = hub.instances.get(record.id);
  if (instance === undefined || instance.generation !== record.generation || isFinished(instance)) return;
  const { at, end } = record;
  instance.status = 'Running';
  instance.updatedAt = at;
  if (record.customStatus === undefined) delete instance.customStatus;
  else instance.customStatus = record.customStatus;
  const taken = take(instance, record.take);
  deliver(instance, taken, at);
  if (end.kind === 'waiting') {
    wait(hub, instance, record, effects);
    return;
  }
  if (end.kind === 'continued') {
    continueAsNew(hub, instance, end.input, effects);
    return;
  }
  const isDone = end.kind === 'completed';
  const output = isDone ? end.output : JSON.stringify(end.reason);
  finish(
    hub,
    instance,
    isDone ? 'Completed' : 'Failed',
    output,
    isDone ? { kind: 'done', result: output } : end,
    at,
    effects,
  );
}

function wait(hub: Hub, instance: Instance, record: StepRecord, effects: Effects): void {
  for (const id of record.cancelled) {
    if (instance.open.delete(id)) effects.closed(instance, id);
  }
  instance.positions.push(...record.positions);
  instance.nextId = record.nextId;
  for (const [name, count] of Object.entries(record.waits)) {
    instance.waits.set(name, (instance.waits.get(name) ?? 0) + count);
  }
  for (const [id, task] of record.tasks) openTask(hub, instance, id, task, id, record.at, effects);
  releaseEvents(instance);
}

/** Removes messages from the inbox in the order in which the run was given them. */
function take(instance: Instance, which: StepRecord['take']): Message[] {
  if (typeof which === 'number') return instance.inbox.splice(0, which);
  const taken = which.map((index) => {
    const message = instance.inbox[index];
    if (message === undefined) throw new Error(`journal: instance ${instance.id} took a message which never arrived`);
    return message;
  });
  const gone = new Set(which);
  instance.inbox = instance.inbox.filter((_, index) => !gone.has(index));
  return taken;
}

function deliver(instance: Instance, taken: readonly Message[], at: string): void {
  instance.history.push(event(EVENT.orchestratorStarted, at, {}));
  if (instance.history.length === 1) instance.history.push(started(instance, at));
  for (const message of taken) {
    instance.history.push(delivered(message));
    if (message.kind === 'task' && isFailure(message)) instance.failed.add(message.of.root);
  }
}

/** The last retry timer ends its task as failed, although it "fired". */
export const isFailure = ({ outcome, of }: Extract<Message, { kind: 'task' }>): boolean =>
  outcome.kind === 'failed' || (of.task.kind === 'timer' && of.task.retries !== undefined);

/** First event of a generation. */
export const started = ({ name, input, version }: Instance, at: string) =>
  event(EVENT.executionStarted, at, {
    Name: name,
    Input: input,
    ...(version === undefined ? {} : { Version: version }),
  });

function continueAsNew(hub: Hub, instance: Instance, input: string, effects: Effects): void {
  for (const id of instance.open.keys()) effects.closed(instance, id);
  const undelivered = instance.inbox.filter((message) => message.kind === 'event');
  hub.generation += 1;
  const held = [...undelivered, ...instance.held];
  Object.assign(instance, freshGeneration(hub.generation), { input, status: 'Running', held });
  effects.arrived(instance);
}
