import type { Registered } from '../core/core';
import type { Invoke } from '../invoke';
import type { Log } from '../log/logger';
import { type AlarmClock, type Clock, systemClock } from './clock';
import { decide } from './decide';
import { type Instance, isFinished, type OpenTask, type Outcome } from './model';
import { HistoryText, replayInput } from './replayInput';
import { runActivity } from './runActivity';
import { runOrchestrator } from './runOrchestrator';
import { Slots } from './slots';
import type { DurableHub } from './taskHub';
import { deliveryOrder, unknownWake, type Wake, wakeAfter } from './wake';

export interface EngineOptions {
  readonly hub: DurableHub;
  readonly invoke: Invoke;
  readonly log: Log;
  readonly activitySlots: number;
  readonly orchestratorSlots: number;
  readonly defaultVersion: string | undefined;
  readonly clock?: Clock;
  find(kind: 'activity' | 'orchestrator', name: string): Registered | undefined;
}

/** What the engine remembers of a generation between runs; lost in a crash, which costs one run too many. */
interface Live {
  readonly generation: number;
  readonly text: HistoryText;
  wake: Wake;
  /** Messages at the front of the inbox that the wake rule has been asked about. */
  asked: number;
  ready: boolean;
}

const timerName = (instance: Instance, id: number): string => `${instance.generation} ${id}`;

/** Runs what the task hub calls for: orchestrators on messages, activities, timers. */
export class Engine {
  readonly hub: DurableHub;
  readonly #options: EngineOptions;
  readonly #activities: Slots;
  readonly #orchestrators: Slots;
  readonly #clock: Clock;
  readonly #alarms: AlarmClock;
  readonly #live = new WeakMap<Instance, Live>();
  /** Instances with a look at them queued or under way. */
  readonly #busy = new Set<Instance>();
  readonly #waiting = new Map<string, (() => void)[]>();
  #stopping = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.hub = options.hub;
    this.#clock = options.clock ?? systemClock;
    this.#alarms = this.#clock.alarms();
    this.#activities = new Slots(options.activitySlots);
    this.#orchestrators = new Slots(options.orchestratorSlots);
  }

  knows(kind: 'activity' | 'orchestrator', name: string): boolean {
    return this.#options.find(kind, name) !== undefined;
  }

  /** Takes up everything that was open when the last host ended. */
  start(): void {
    this.hub.listen({
      opened: (instance, id, open) => this.#open(instance, id, open),
      closed: (instance, id) => this.#alarms.clear(timerName(instance, id)),
      arrived: (instance) => this.#look(instance),
      finished: ({ id }) => this.#tellFinished(id),
    });
    for (const instance of this.hub.state.instances.values()) {
      if (isFinished(instance)) continue;
      for (const [id, open] of instance.open) this.#open(instance, id, open);
      this.#look(instance);
    }
  }

  /** Starts nothing more and resolves when the running functions have ended; what is open stays in the journal. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#alarms.close();
    await Promise.all([this.#activities.drain(), this.#orchestrators.drain()]);
  }

  /** Resolves when the instance has ended and that is durable; at once if it is unknown or has ended before. */
  async whenFinished(id: string): Promise<void> {
    const instance = this.hub.state.instances.get(id);
    if (instance === undefined || isFinished(instance)) return this.hub.flushed();
    await new Promise<void>((resolve) => this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), resolve]));
  }

  #now(): string {
    return this.#clock.now().toISOString();
  }

  #tellFinished(id: string): void {
    for (const resolve of this.#waiting.get(id) ?? []) resolve();
    this.#waiting.delete(id);
  }

  #open(instance: Instance, id: number, open: OpenTask): void {
    const { task } = open;
    const { generation } = instance;
    if (task.kind === 'timer') {
      this.#alarms.set(timerName(instance, id), task.fireAt, () =>
        this.#ended(instance, generation, id, { kind: 'fired' }),
      );
    } else if (task.kind === 'activity') {
      this.#activities.add(async () => {
        if (instance.generation !== generation || !instance.open.has(id)) return;
        const called = this.#options.find('activity', task.name);
        const outcome: Outcome =
          called === undefined
            ? { kind: 'failed', reason: `The activity function '${task.name}' is no longer in the app.`, details: '' }
            : await runActivity(this.#options.invoke, called, task, instance.id, instance.trace);
        this.#ended(instance, generation, id, outcome);
      });
    }
  }

  #ended(instance: Instance, generation: number, task: number, outcome: Outcome): void {
    if (this.hub.state.instances.get(instance.id) !== instance) return;
    if (instance.generation !== generation || !instance.open.has(task)) return;
    void this.hub.commit({ t: 'task', id: instance.id, generation, task, outcome, at: this.#now() });
  }

  /** Looks at the instance in a moment, so that what arrives together is handled together. */
  #look(instance: Instance): void {
    if (this.#busy.has(instance) || this.#stopping) return;
    this.#busy.add(instance);
    this.#clock.soon(() =>
      this.#orchestrators.add(async () => {
        await this.#advance(instance);
        this.#busy.delete(instance);
        if (this.#isReady(instance)) this.#look(instance);
      }),
    );
  }

  async #advance(instance: Instance): Promise<void> {
    const { id, generation } = instance;
    while (instance.retries.length > 0) {
      void this.hub.commit({ t: 'retry', id, generation, at: this.#now() });
    }
    if (this.#isReady(instance)) await this.#run(instance);
  }

  #isReady(instance: Instance): boolean {
    if (isFinished(instance) || this.#stopping) return false;
    if (instance.retries.length > 0) return true;
    if (instance.suspended) return false;
    const live = this.#liveOf(instance);
    for (; live.asked < instance.inbox.length; live.asked += 1) {
      const message = instance.inbox[live.asked];
      if (message !== undefined && live.wake.unblockedBy(message)) live.ready = true;
    }
    return live.ready;
  }

  #liveOf(instance: Instance): Live {
    const present = this.#live.get(instance);
    if (present?.generation === instance.generation) return present;
    const { generation, history } = instance;
    // A generation without a history has not run at all: it needs its first run, not a message.
    const live = { generation, text: new HistoryText(), wake: unknownWake, asked: 0, ready: history.length === 0 };
    this.#live.set(instance, live);
    return live;
  }

  async #run(instance: Instance): Promise<void> {
    const { invoke, find, defaultVersion } = this.#options;
    const live = this.#liveOf(instance);
    const at = this.#now();
    const inbox = [...instance.inbox];
    const take = deliveryOrder(inbox, live.wake);
    const messages = typeof take === 'number' ? inbox : take.flatMap((place) => inbox[place] ?? []);
    const called = find('orchestrator', instance.name);
    const run =
      called === undefined
        ? ({
            kind: 'threw',
            error: `The function '${instance.name}' doesn't exist, is disabled, or is not an orchestrator function.`,
          } as const)
        : await runOrchestrator(
            invoke,
            called,
            replayInput(instance, live.text.of(instance), messages, at),
            instance.id,
            instance.trace,
          );
    if (isFinished(instance) || instance.generation !== live.generation) return;
    const knows = this.knows.bind(this);
    const record = decide(instance, run, { at, take }, { defaultVersion, knows });
    live.ready = false;
    live.asked = 0;
    void this.hub.commit(record);
    if (record.end.kind === 'waiting') live.wake = wakeAfter(instance);
    if (record.end.kind === 'failed') {
      this.#options.log('error', `Function.${instance.name}`, record.end.reason, {
        functionName: instance.name,
        instanceId: instance.id,
      });
    }
  }
}
