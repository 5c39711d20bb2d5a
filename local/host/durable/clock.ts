import { Alarms } from './alarms';

/** One-shot alarms at absolute times, by name. */
export interface AlarmClock {
  /** @param at milliseconds since 1970; the past rings at once */
  set(name: string, at: number, ring: () => void): void;
  clear(name: string): void;
  close(): void;
}

/** The time that an engine lives in: all that it knows of clocks and turns. */
export interface Clock {
  now(): Date;
  /** Runs the job in a moment, after what is under way. */
  soon(job: () => void): void;
  alarms(): AlarmClock;
}

export const systemClock: Clock = {
  now: () => new Date(),
  soon: (job) => void setImmediate(job),
  alarms: () => new Alarms(),
};
