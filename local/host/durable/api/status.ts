import { EVENT } from '../fold/history';
import { type HistoryEvent, type Instance, isFinished } from '../model';

export interface Shown {
  readonly input: boolean;
  readonly history: boolean;
  readonly historyOutput: boolean;
}

/** Times in answers have whole seconds, as in the real service. */
const seconds = (iso: string): string => iso.replace(/\.\d+Z$/, 'Z');

export const runtimeStatus = (instance: Instance): string =>
  instance.suspended && !isFinished(instance) ? 'Suspended' : instance.status;

/** The status document of an instance. `input` and `output` must be present, or the client library rejects it. */
export function statusOf(instance: Instance, shown: Shown): Record<string, unknown> {
  const history = shown.history ? historyOf(instance, shown.historyOutput) : undefined;
  return {
    name: instance.name,
    instanceId: instance.id,
    runtimeStatus: runtimeStatus(instance),
    input: shown.input ? JSON.parse(instance.input) : null,
    customStatus: instance.customStatus ?? null,
    output: instance.output === undefined ? null : JSON.parse(instance.output),
    createdTime: seconds(instance.createdAt),
    lastUpdatedTime: seconds(instance.updatedAt),
    // The service calls the list historyEvents, the client library reads history.
    ...(history === undefined ? {} : { historyEvents: history, history }),
  };
}

const NAMES = new Map<number, string>(Object.entries(EVENT).map(([name, number]) => [number, name]));
const PUBLIC: Readonly<Record<string, string>> = {
  executionStarted: 'ExecutionStarted',
  executionCompleted: 'ExecutionCompleted',
  taskCompleted: 'TaskCompleted',
  taskFailed: 'TaskFailed',
  childCompleted: 'SubOrchestrationInstanceCompleted',
  childFailed: 'SubOrchestrationInstanceFailed',
  timerFired: 'TimerFired',
  eventRaised: 'EventRaised',
};

/** History for people: scheduling merged into completion, the runs of the orchestrator left out. */
function historyOf({ history }: Instance, withOutput: boolean): object[] {
  const scheduled = new Map(history.filter(({ EventId }) => EventId >= 0).map((item) => [item.EventId, item]));
  return history.flatMap((item) => {
    const name = PUBLIC[NAMES.get(item.EventType) ?? ''];
    return name === undefined ? [] : [forPeople(item, name, scheduled, withOutput)];
  });
}

function forPeople(
  item: HistoryEvent,
  name: string,
  scheduled: ReadonlyMap<number, HistoryEvent>,
  withOutput: boolean,
): object {
  const { EventType: _, EventId, IsPlayed, Timestamp, TaskScheduledId, TimerId, Result, Name, ...rest } = item;
  const asked = scheduled.get(Number(TaskScheduledId ?? TimerId ?? -1));
  const shownName = name === 'EventRaised' ? { Name } : Name === undefined ? {} : { FunctionName: Name };
  return {
    EventType: name,
    Timestamp,
    ...rest,
    ...shownName,
    ...(asked === undefined ? {} : { ScheduledTime: asked.Timestamp }),
    ...(asked?.['Name'] === undefined ? {} : { FunctionName: asked['Name'] }),
    ...(withOutput && Result !== undefined ? { Result: JSON.parse(String(Result)) } : {}),
  };
}
