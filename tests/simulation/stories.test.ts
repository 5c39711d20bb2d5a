import { expect, test } from 'vitest';
import type { Scenario } from './scenario';
import { simulate } from './simulate';

const story = (rest: Partial<Scenario>): Scenario => ({
  chance: 0,
  tick: 1,
  writes: [],
  triggers: [{ at: 0, kind: 'http' }],
  faults: [],
  ...rest,
});

/** Stories that once broke a promise, by what was wrong. */
const kept: readonly [why: string, story: Scenario][] = [
  [
    'a run that is queued and whose start is refused',
    story({ faults: [{ place: 'client.startNew', nth: 0, kind: 'refused' }] }),
  ],
  [
    'a host that dies when it has started a run',
    story({ chance: 951706105, faults: [{ place: 'client.startNew', nth: 0, kind: 'crash after' }] }),
  ],
  [
    'a record whose answer is lost',
    story({ chance: 705300051, faults: [{ place: 'tables.change', nth: 0, kind: 'lost' }] }),
  ],
];
const given = process.env['SIMULATION_STORY'];
const stories: typeof kept = given ? [['the story that was given', JSON.parse(given) as Scenario]] : kept;

test.each(stories)('%s breaks no promise', async (_why, told) => {
  const { violations, struck } = await simulate(told);
  expect(violations).toEqual([]);
  expect(struck.length).toBeGreaterThanOrEqual(Math.min(1, told.faults.length));
});
