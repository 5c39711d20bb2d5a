import type { Instance, OpenTask } from '../model';

/** What a record sets in motion. During recovery nobody listens; the open tasks are started from the state afterwards. */
export interface Effects {
  /** A task was opened: run the activity, set the timer. A child starts by its own `arrived`. */
  opened(instance: Instance, id: number, open: OpenTask): void;
  /** A task will never be asked for again: stop its timer. */
  closed(instance: Instance, id: number): void;
  /** The instance has something new: a message, a retry, or its first run. */
  arrived(instance: Instance): void;
  finished(instance: Instance): void;
}

export const noEffects: Effects = {
  opened: () => undefined,
  closed: () => undefined,
  arrived: () => undefined,
  finished: () => undefined,
};
