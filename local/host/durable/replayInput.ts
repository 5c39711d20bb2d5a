import { delivered, EVENT, event, isReplayed } from './fold/history';
import { started } from './fold/step';
import type { Instance, Message } from './model';

/** JSON text of the history that replay needs, kept between runs so that a run serialises only what is new. */
export class HistoryText {
  #text = '';
  #count = 0;

  of({ history }: Instance): string {
    for (; this.#count < history.length; this.#count += 1) {
      const item = history[this.#count];
      if (item !== undefined && isReplayed(item))
        this.#text += `${this.#text === '' ? '' : ','}${JSON.stringify(item)}`;
    }
    return this.#text;
  }
}

/** Larger than any real timer: the library then keeps a long timer whole, instead of splitting it into hops. */
const LONGEST_TIMER = '36500.00:00:00';

/** The text that an orchestration trigger receives: the past, the messages of this run, and settings of the library. */
export function replayInput(instance: Instance, past: string, messages: readonly Message[], at: string): string {
  const now = [event(EVENT.orchestratorStarted, at, {})];
  if (past === '') now.push(started(instance, at));
  const present = [...now, ...messages.map(delivered)].map((item) => JSON.stringify(item)).join(',');
  const rest = {
    instanceId: instance.id,
    isReplaying: past !== '',
    parentInstanceId: instance.parent?.id ?? null,
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 3,
    maximumShortTimerDuration: LONGEST_TIMER,
    longRunningTimerIntervalDuration: '3.00:00:00',
    defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
  };
  const history = past === '' ? present : `${past},${present}`;
  return `{"history":[${history}],"input":${instance.input},${JSON.stringify(rest).slice(1)}`;
}
