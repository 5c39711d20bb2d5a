import { expect, test } from 'vitest';
import type { Run, Step } from '../../../../shared/contracts/run';
import type { Runs } from '../../../../shared/ports/runs';

const run = (id: string, over: Partial<Run> = {}): Run => ({
  run: id,
  status: 'Running',
  trigger: { kind: 'http', actor: 'ann', reason: 'a look / \\ # ? %' },
  catalog: '3',
  wanted: ['users'],
  started: '2026-11-22T18:15:00.000Z',
  ended: null,
  sources: [],
  datasets: [],
  problem: null,
  ...over,
});

const step = (of: string, id: string, started: string, over: Partial<Step> = {}): Step => ({
  run: of,
  id,
  subject: 'users',
  name: 'copy',
  status: 'Running',
  started,
  ended: null,
  rowsIn: null,
  rowsOut: null,
  detail: '',
  external: '',
  problem: null,
  ...over,
});

const A = '20261122T181500-0a1b2c3d';
const B = '20261122T181500-ffffffff';
const C = '20261123T001500-00000000';

/** What every record of runs promises; each test gets an empty one. */
export function runsContract(make: () => Promise<Runs>): void {
  test('a run is cancelled once: the first mark stands', async () => {
    const runs = await make();
    const mark = { actor: 'ann', reason: 'a / reason', at: '2026-11-22T18:15:00.000Z' };
    expect(await runs.cancellation(A)).toBeNull();
    await runs.cancel(A, mark);
    await runs.cancel(A, { ...mark, actor: 'bob' });
    expect(await runs.cancellation(A)).toEqual(mark);
    expect(await runs.cancellation(B)).toBeNull();
    expect(await runs.steps(A)).toEqual([]);
  });

  test('runs are listed newest first, and go on behind the last one', async () => {
    const runs = await make();
    for (const id of [B, C, A]) await runs.put(run(id));
    const ids = async (...from: [number, string?]) => (await runs.list(...from)).map((one) => one.run);
    expect(await ids(10)).toEqual([C, B, A]);
    expect(await ids(2)).toEqual([C, B]);
    expect(await ids(2, B)).toEqual([A]);
    expect(await ids(2, A)).toEqual([]);
  });

  test('a run is replaced by its newer state', async () => {
    const runs = await make();
    await runs.put(run(A));
    const done = run(A, { status: 'Succeeded', ended: '2026-11-22T18:20:00.000Z' });
    await runs.put(done);
    expect(await runs.get(A)).toEqual(done);
    expect(await runs.list(10)).toHaveLength(1);
  });

  test('a run that is not there is null', async () => {
    expect(await (await make()).get(A)).toBeNull();
  });

  test('a run with a report past 32 K characters comes back whole', async () => {
    const runs = await make();
    const big = run(A, {
      problem: { code: 'INTERNAL', where: 'x', why: 'é😀'.repeat(15_000), next: '', transient: false },
    });
    await runs.put(big);
    expect(await runs.get(A)).toEqual(big);
  });

  test('steps come in the order of their start, each once, and only those of the run', async () => {
    const runs = await make();
    await runs.putStep(step(A, 'users/land', '2026-11-22T18:16:00.000Z'));
    await runs.putStep(step(A, 'users/copy', '2026-11-22T18:15:00.000Z'));
    await runs.putStep(step(B, 'users/copy', '2026-11-22T18:15:00.000Z'));
    await runs.putStep(step(A, 'users/copy', '2026-11-22T18:15:00.000Z', { status: 'Succeeded', rowsOut: '9' }));
    const steps = await runs.steps(A);
    expect(steps.map(({ id, status }) => [id, status])).toEqual([
      ['users/copy', 'Succeeded'],
      ['users/land', 'Running'],
    ]);
    expect(await runs.steps(C)).toEqual([]);
  });

  test('a removed run is gone with its steps, and the others stay', async () => {
    const runs = await make();
    for (const id of [A, B]) {
      await runs.put(run(id));
      for (let nth = 0; nth < 120; nth += 1) await runs.putStep(step(id, `users/${nth}`, '2026-11-22T18:15:00.000Z'));
    }
    await runs.remove(A);
    await runs.remove(C);
    expect(await runs.get(A)).toBeNull();
    expect(await runs.steps(A)).toEqual([]);
    expect((await runs.list(10)).map((one) => one.run)).toEqual([B]);
    expect(await runs.steps(B)).toHaveLength(120);
  });
}
