import type { Journal } from '../store/journal';
import { openStore, type Store } from '../store/store';
import { apply } from './fold/apply';
import { type Effects, noEffects } from './fold/effects';
import { snapshot } from './fold/snapshot';
import { emptyHub, type Hub, type Instance, type OpenTask } from './model';
import type { JournalRecord } from './records';

export interface HubOptions {
  readonly directory: string;
  readonly compactAbove?: number;
  onFatal(error: Error): void;
  warn(message: string): void;
}

/** What an engine needs of its task hub. */
export interface DurableHub {
  readonly state: Hub;
  listen(listener: Effects): void;
  commit(record: JournalRecord): Promise<void>;
  flushed(): Promise<void>;
}

/** The durable state with its journal: the one way to change it is to commit a record. */
export class TaskHub implements DurableHub {
  readonly state: Hub;
  readonly #store: Store;
  readonly #journal: Journal;
  #listener: Effects = noEffects;

  constructor(options: HubOptions) {
    const state = emptyHub();
    this.state = state;
    this.#store = openStore({
      ...options,
      onRecord: (json) => apply(state, JSON.parse(json) as JournalRecord, noEffects),
      snapshot: function* () {
        for (const record of snapshot(state)) yield JSON.stringify(record);
      },
    });
    this.#journal = this.#store.journal;
  }

  listen(listener: Effects): void {
    this.#listener = listener;
  }

  /**
   * Applies a record now and resolves when it is durable. Orchestrators may run on it at once, since their own record
   * comes later in the same file; activities, timers and answers wait for the disk.
   */
  commit(record: JournalRecord): Promise<void> {
    const json = JSON.stringify(record);
    const afterwards: (() => void)[] = [];
    const listener = this.#listener;
    apply(this.state, record, {
      arrived: (instance) => listener.arrived(instance),
      closed: (instance, id) => listener.closed(instance, id),
      finished: (instance: Instance) => afterwards.push(() => listener.finished(instance)),
      opened: (instance: Instance, id: number, open: OpenTask) =>
        afterwards.push(() => listener.opened(instance, id, open)),
    });
    return new Promise((resolve) => {
      this.#journal.append(json, () => {
        for (const effect of afterwards) effect();
        resolve();
      });
    });
  }

  flushed(): Promise<void> {
    return this.#journal.flushed();
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}
