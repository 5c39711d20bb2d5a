import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { orchestrations } from '../../orchestrators/all';
import type { Scenario } from '../simulation/scenario';
import { simulate } from '../simulation/simulate';
import { record } from './history';

type Kind = Scenario['triggers'][number]['kind'];
interface Story {
  readonly triggers: readonly Kind[];
  readonly faults: Scenario['faults'];
  /** Orchestrators whose histories are kept of it; all when absent. */
  readonly of?: readonly string[];
}

const EVERY: readonly Kind[] = ['file', 'backfill', 'replay', 'maintain', 'erase'];

/**
 * What happened to the instances whose histories are kept: nothing special, faults that make it try again, and a source
 * that is compared with what is here, by its keys and by its content.
 */
const stories: Readonly<Record<string, Story>> = {
  plain: { triggers: EVERY, faults: [] },
  retried: {
    triggers: EVERY,
    faults: [
      { place: 'factory.work', nth: 1, kind: 'refused' },
      { place: 'notebooks.work', nth: 1, kind: 'lost' },
      { place: 'lake.list', nth: 2, kind: 'refused' },
    ],
  },
  compared: { triggers: ['http', 'deletes'], faults: [], of: ['ingestSource'] },
};

/**
 * Writes down the histories of this version of the orchestrators, from the engine of the local host:
 * `node --import tsx tests/replay/record.ts`. A version that was released is never recorded again.
 */
async function main(): Promise<void> {
  const host = JSON.parse(readFileSync(join(__dirname, '../../host.json'), 'utf8')) as {
    extensions: { durableTask: { defaultVersion: string } };
  };
  for (const [story, { triggers: kinds, faults, of }] of Object.entries(stories)) {
    const writes = [
      { at: 5, id: '2', value: 'b', deleted: false, open: 0 },
      { at: 6, id: '4', value: 'bad', deleted: false, open: 0 },
      { at: 12, id: '-1', value: '', deleted: false, gone: true, open: 0 },
    ];
    const triggers = kinds.map((kind, nth) => ({ at: 1 + 20 * nth, kind }));
    const { instances } = await simulate({ chance: 7, tick: 1, writes, triggers, faults });
    for (const orchestration of orchestrations) {
      if (of && !of.includes(orchestration.name)) continue;
      const longest = instances
        .filter(({ name }) => name === orchestration.name)
        .sort((a, b) => b.history.length - a.history.length)[0];
      const { defaultVersion } = host.extensions.durableTask;
      if (longest) await record(defaultVersion, `${orchestration.name}-${story}`, orchestration, longest);
    }
  }
}

void main();
