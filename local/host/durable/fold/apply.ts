import type { Hub } from '../model';
import type { JournalRecord } from '../records';
import { acceptEvent, acceptTask } from './accept';
import { begin } from './begin';
import { control } from './control';
import type { Effects } from './effects';
import { handleRetries } from './retry';
import { revive } from './snapshot';
import { step } from './step';

/** Folds one record into the hub: the only way in which durable state changes, live and at recovery alike. */
export function apply(hub: Hub, record: JournalRecord, effects: Effects): void {
  switch (record.t) {
    case 'new':
      begin(hub, record, effects);
      return;
    case 'task':
      acceptTask(hub, record, effects);
      return;
    case 'event':
      acceptEvent(hub, record, effects);
      return;
    case 'step':
      step(hub, record, effects);
      return;
    case 'retry':
      handleRetries(hub, record, effects);
      return;
    case 'control':
      control(hub, record, effects);
      return;
    case 'purge':
      for (const id of record.ids) hub.instances.delete(id);
      return;
    case 'value':
      hub.values.set(record.key, record.value);
      return;
    case 'snapshot':
      hub.instances.set(record.instance.id, revive(record.instance));
      return;
    case 'hub':
      hub.generation = record.generation;
  }
}
