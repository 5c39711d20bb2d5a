import { setTimeout as sleep } from 'node:timers/promises';
import { deliver } from './deliver';
import { local } from './plant';
import type { Scenario } from './scenario';
import type { World } from './world';

/** Lets the next events of the lake misbehave, then puts a file into landing. */
const withEvents = async (world: World, faults: Record<string, unknown>, waitMs: number): Promise<number> => {
  await local(world, 'lake', 'POST', '/_local/events/faults', faults);
  await deliver.blob(world);
  await sleep(waitMs);
  return 1;
};

/** Events are hints: whatever becomes of them, a file is read once. */
export const hints: readonly Scenario[] = [
  {
    name: 'events-doubled',
    what: 'the event of a file comes five times more',
    play: (world) => withEvents(world, { times: 1, duplicate: 5 }, 3000),
  },
  {
    name: 'events-late',
    what: 'the event of a file comes after the run that has read it',
    async play(world) {
      const struck = await withEvents(world, { times: 1, delayMs: 20_000 }, 0);
      await world.end(await world.start('countries'));
      await sleep(20_000);
      return struck;
    },
  },
  {
    name: 'events-lost',
    what: 'the event of a file never comes',
    play: (world) => withEvents(world, { times: 1, drop: true }, 1000),
  },
];
