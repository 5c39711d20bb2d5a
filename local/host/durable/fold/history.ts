import type { HistoryEvent, Message, Task } from '../model';

/** Numbers of the history events of the Durable Task framework. */
export const EVENT = {
  executionStarted: 0,
  executionCompleted: 1,
  taskScheduled: 4,
  taskCompleted: 5,
  taskFailed: 6,
  childCreated: 7,
  childCompleted: 8,
  childFailed: 9,
  timerCreated: 10,
  timerFired: 11,
  orchestratorStarted: 12,
  eventRaised: 15,
} as const;

export const event = (EventType: number, at: string, members: object, EventId = -1): HistoryEvent => ({
  EventType,
  EventId,
  IsPlayed: false,
  Timestamp: at,
  ...members,
});

/** The history event by which a message reaches the orchestrator. */
export function delivered(message: Message): HistoryEvent {
  if (message.kind === 'event') {
    return event(EVENT.eventRaised, message.at, { Name: message.name, Input: message.input ?? '' });
  }
  const { id, at, outcome, of } = message;
  const isChild = of.task.kind === 'child';
  if (outcome.kind === 'fired') {
    const FireAt = of.task.kind === 'timer' ? new Date(of.task.fireAt).toISOString() : at;
    return event(EVENT.timerFired, at, { TimerId: id, FireAt });
  }
  if (outcome.kind === 'done') {
    return event(isChild ? EVENT.childCompleted : EVENT.taskCompleted, at, {
      TaskScheduledId: id,
      Result: outcome.result,
    });
  }
  return event(isChild ? EVENT.childFailed : EVENT.taskFailed, at, {
    TaskScheduledId: id,
    Reason: outcome.reason,
    Details: outcome.details,
    ...(outcome.failure === undefined ? {} : { FailureDetails: outcome.failure }),
  });
}

/** The history event that says a task was asked for; kept for clients, the library itself ignores it. */
export function scheduled(id: number, task: Task, at: string): HistoryEvent {
  if (task.kind === 'timer') return event(EVENT.timerCreated, at, { FireAt: new Date(task.fireAt).toISOString() }, id);
  if (task.kind === 'activity') return event(EVENT.taskScheduled, at, { Name: task.name }, id);
  return event(EVENT.childCreated, at, { Name: task.name, InstanceId: task.instanceId }, id);
}

const UNREAD: ReadonlySet<number> = new Set([EVENT.taskScheduled, EVENT.childCreated, EVENT.timerCreated]);

/** True for events that replay needs. */
export const isReplayed = (item: HistoryEvent): boolean => !UNREAD.has(item.EventType);
