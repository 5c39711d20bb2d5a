import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { orchestrations } from '../../orchestrators/all';
import type { Scenario } from '../simulation/scenario';
import { simulate } from '../simulation/simulate';
import { record } from './history';

/** What happened to the instances whose histories are kept: nothing special, and faults that make it try again. */
const stories: Readonly<Record<string, Scenario['faults']>> = {
  plain: [],
  retried: [
    { place: 'factory.work', nth: 1, kind: 'refused' },
    { place: 'notebooks.work', nth: 1, kind: 'lost' },
    { place: 'lake.list', nth: 2, kind: 'refused' },
  ],
};

/**
 * Writes down the histories of this version of the orchestrators, from the engine of the local host:
 * `node --import tsx tests/replay/record.ts`. A version that was released is never recorded again.
 */
async function main(): Promise<void> {
  const host = JSON.parse(readFileSync(join(__dirname, '../../host.json'), 'utf8')) as {
    extensions: { durableTask: { defaultVersion: string } };
  };
  for (const [story, faults] of Object.entries(stories)) {
    const writes = [{ at: 5, id: '2', value: 'b', deleted: false, open: 0 }];
    const triggers = (['file', 'backfill', 'replay', 'maintain', 'erase'] as const).map((kind, nth) => ({
      at: 1 + 20 * nth,
      kind,
    }));
    const { instances } = await simulate({ chance: 7, tick: 1, writes, triggers, faults });
    for (const orchestration of orchestrations) {
      const longest = instances
        .filter(({ name }) => name === orchestration.name)
        .sort((a, b) => b.history.length - a.history.length)[0];
      const { defaultVersion } = host.extensions.durableTask;
      if (longest) await record(defaultVersion, `${orchestration.name}-${story}`, orchestration, longest);
    }
  }
}

void main();
