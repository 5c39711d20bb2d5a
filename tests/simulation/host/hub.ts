import type { Clock } from '../../../local/host/durable/clock';
import { apply } from '../../../local/host/durable/fold/apply';
import { type Effects, noEffects } from '../../../local/host/durable/fold/effects';
import { emptyHub } from '../../../local/host/durable/model';
import type { JournalRecord } from '../../../local/host/durable/records';
import type { DurableHub } from '../../../local/host/durable/taskHub';

/**
 * A task hub on a journal that outlives its host: what is folded from the journal is all that a new host knows. Records
 * reach the journal a moment after they are applied, and their effects begin only then; a crash loses the rest.
 */
export function journaledHub(journal: string[], clock: Clock, alive: () => boolean): DurableHub {
  const state = emptyHub();
  for (const line of journal) apply(state, JSON.parse(line) as JournalRecord, noEffects);
  let listener: Effects = noEffects;
  let waiting: { line: string; written: () => void }[] = [];
  const write = (): void => {
    const batch = waiting;
    waiting = [];
    if (!alive()) return;
    journal.push(...batch.map(({ line }) => line));
    for (const { written } of batch) written();
  };
  const append = (line: string, written: () => void): void => {
    waiting.push({ line, written });
    if (waiting.length === 1) clock.soon(write);
  };
  return {
    state,
    listen(effects) {
      listener = effects;
    },
    commit(record) {
      if (!alive()) return new Promise(() => undefined);
      const line = JSON.stringify(record);
      const afterwards: (() => void)[] = [];
      apply(state, record, {
        arrived: (instance) => listener.arrived(instance),
        closed: (instance, id) => listener.closed(instance, id),
        finished: (instance) => afterwards.push(() => listener.finished(instance)),
        opened: (instance, id, open) => afterwards.push(() => listener.opened(instance, id, open)),
      });
      return new Promise((resolve) =>
        append(line, () => {
          for (const effect of afterwards) effect();
          resolve();
        }),
      );
    },
    flushed: () => Promise.resolve(),
  };
}
