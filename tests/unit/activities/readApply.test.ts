import { expect, test } from 'vitest';
import { readApply } from '../../../activities/source/readApply';
import { startApply } from '../../../activities/source/startApply';
import type { Window } from '../../../shared/contracts/window';
import { fakePorts } from '../../fakes/ports';
import { aTask, surroundings } from '../../support/activities';
import { shopCatalog } from '../../support/shop';
import { aWindow } from '../../support/windows';

const { version: _, ...content } = shopCatalog();
const task = aTask();
const lower = '2026-01-01 00:00:00.000000';

test.each<[string, Partial<Window>, string]>([
  ['behind another', { mode: 'incremental', lower }, `tidemark watermark reset users --to '${lower}' --reason TEXT`],
  ['that is the first', { mode: 'incremental' }, 'tidemark watermark reset users --full-load --reason TEXT'],
  ['of files', { mode: 'files' }, 'tidemark watermark reset users --full-load --reason TEXT'],
  ['of a lane', { mode: 'incremental', lower, lane: 'r-0001' }, 'start a new backfill'],
])(
  'rows that break a rule which must hold stop a window %s until it is given up, and say how',
  async (_which, over, next) => {
    const ports = fakePorts(() => new Date('2026-01-01T00:00:10Z'));
    await ports.catalogs.publish(content, 'test');
    const taken = await ports.ledger.acquire('users', task.run, 300);
    if (taken.kind !== 'held') throw new Error('the lease is taken');
    const window = aWindow({ state: 'landed', catalog: '1', ...over });
    const { lease } = taken;
    const asked = { task, lease, window, attempt: 1 };
    const apply = (await startApply.handler(ports, surroundings)(asked)) as { external: string };
    const output = { kind: 'failed_rule', failed: [{ rule: 'age_known', rows: '3' }] };
    ports.notebooks.finish(apply.external, { kind: 'succeeded', output });
    expect(await readApply.handler(ports, surroundings)({ task, lease, window, apply })).toMatchObject({
      kind: 'failed',
      problem: {
        code: 'RULE_FAILED',
        why: expect.stringContaining('age_known (3)'),
        next: expect.stringContaining(next),
      },
    });
  },
);
