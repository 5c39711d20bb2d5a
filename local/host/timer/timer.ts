import type { Registered } from '../core/core';
import { triggerOf } from '../core/trigger';
import { Alarms } from '../durable/alarms';
import { resolveSettings } from '../load/appSettings';
import { afterRun, planStart, TimerState, timerInput } from './monitor';
import { readSchedule, type Schedule } from './schedule';

export interface TimerOptions {
  /** Stored state of a timer, by function name. */
  load(name: string): unknown;
  save(name: string, state: TimerState): Promise<void>;
  /** Runs the function with this JSON text as trigger input; a failure is logged there and never stops the schedule. */
  run(called: Registered, input: string): Promise<void>;
}

/** One timer function on its schedule; one run at a time. */
export class Timer {
  readonly name: string;
  readonly #called: Registered;
  readonly #options: TimerOptions;
  readonly #text: string;
  readonly #schedule: Schedule;
  readonly #isMonitored: boolean;
  readonly #alarms = new Alarms();
  #running: Promise<void> = Promise.resolve();
  #state: TimerState | undefined;

  constructor(called: Registered, options: TimerOptions) {
    const trigger = triggerOf(called.metadata);
    this.name = called.metadata.name;
    this.#called = called;
    this.#options = options;
    this.#text = resolveSettings(String(trigger['schedule']), process.env);
    this.#schedule = readSchedule(this.#text);
    this.#isMonitored = trigger['useMonitor'] !== false && !this.#schedule.isFrequent;
  }

  async start(): Promise<void> {
    const now = new Date();
    if (!this.#isMonitored) {
      this.#arm(this.#schedule.next(now));
      return;
    }
    const found = this.#options.load(this.name);
    const stored = found === undefined ? undefined : TimerState.parse(found);
    const { state, next, isPastDue } = planStart(this.#text, this.#schedule, stored, now);
    if (state !== stored) await this.#options.save(this.name, state);
    this.#state = state;
    if (isPastDue) this.#go(next, true);
    else if (triggerOf(this.#called.metadata)['runOnStartup'] === true) this.#go(undefined, false);
    else this.#arm(next);
  }

  /** Input for a run by hand. */
  input(): string {
    return timerInput(this.#state, false);
  }

  async stop(): Promise<void> {
    this.#alarms.close();
    await this.#running;
  }

  #arm(at: Date): void {
    this.#alarms.set(this.name, at.getTime(), () => this.#go(at, false));
  }

  #go(nominal: Date | undefined, isPastDue: boolean): void {
    this.#running = this.#run(nominal, isPastDue);
  }

  /** What falls into a long run is skipped: the next occurrence is counted from the start of the run that has just ended. */
  async #run(nominal: Date | undefined, isPastDue: boolean): Promise<void> {
    const started = new Date();
    await this.#options.run(this.#called, timerInput(this.#state, isPastDue));
    const state = afterRun(this.#text, this.#schedule, nominal, started);
    if (this.#isMonitored) {
      this.#state = state;
      await this.#options.save(this.name, state);
    }
    this.#arm(new Date(state.next));
  }
}
