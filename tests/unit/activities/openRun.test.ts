import { expect, test } from 'vitest';
import { openRun } from '../../../activities/run/openRun';
import type { SourceTask } from '../../../shared/contracts/steps';
import { fakePorts } from '../../fakes/ports';
import { surroundings } from '../../support/activities';
import { shopCatalog } from '../../support/shop';

test('tells a source whether each of its windows is the whole table', async () => {
  const { version: _, ...content } = shopCatalog();
  const ports = fakePorts();
  await ports.catalogs.publish(content, 'test');
  const { tasks } = (await openRun.handler(
    ports,
    surroundings,
  )({
    run: '20260101T000000-0000abcd',
    catalog: '1',
    sources: ['users', 'partner_buyers'],
    trigger: { kind: 'http', actor: 'ann', reason: 'a look' },
  })) as { tasks: SourceTask[] };
  expect(tasks.map(({ replaces }) => replaces)).toEqual([undefined, true]);
});
