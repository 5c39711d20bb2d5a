import type { Hub, Instance } from '../model';
import type { JournalRecord, PlainInstance } from '../records';

/** The records of a compacted journal: together they fold to the present state. */
export function* snapshot(hub: Hub): Generator<JournalRecord> {
  yield { t: 'hub', generation: hub.generation };
  for (const [key, value] of hub.values) yield { t: 'value', key, value };
  for (const instance of hub.instances.values()) yield { t: 'snapshot', instance: plain(instance) };
}

const plain = (instance: Instance): PlainInstance => ({
  ...instance,
  open: [...instance.open],
  waits: [...instance.waits],
  failed: [...instance.failed],
});

export const revive = (instance: PlainInstance): Instance => ({
  ...instance,
  open: new Map(instance.open),
  waits: new Map(instance.waits),
  failed: new Set(instance.failed),
});
