import type { Hub, Instance } from '../model';
import type { NewRecord } from '../records';
import type { Effects } from './effects';

/** Creates an instance in its first generation, replacing a finished one of the same id. */
export function begin(hub: Hub, record: NewRecord, effects: Effects): Instance {
  hub.generation += 1;
  const instance: Instance = {
    id: record.id,
    name: record.name,
    input: record.input,
    ...(record.version === undefined ? {} : { version: record.version }),
    ...(record.parent === undefined ? {} : { parent: record.parent }),
    ...(record.trace === undefined ? {} : { trace: record.trace }),
    createdAt: record.at,
    updatedAt: record.at,
    status: 'Pending',
    suspended: false,
    ...freshGeneration(hub.generation),
    held: [],
  };
  // Deleting first moves a replaced id to the end of the list, where the newest instances are.
  hub.instances.delete(instance.id);
  hub.instances.set(instance.id, instance);
  effects.arrived(instance);
  return instance;
}

/** The members that continueAsNew resets. */
export const freshGeneration = (generation: number) => ({
  generation,
  nextId: 0,
  positions: [],
  history: [],
  open: new Map(),
  inbox: [],
  retries: [],
  waits: new Map(),
  failed: new Set<number>(),
});
