import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunDetail, SourceList } from '../../shared/contracts/api';
import { AuditList } from '../../shared/contracts/operate';
import { Plan } from '../../shared/contracts/plan';
import type { Run, Step } from '../../shared/contracts/run';
import { equalsSource } from '../support/equalsSource';
import { eventually } from '../support/eventually';
import { type TestStack, testStack } from '../support/stack';

let stack: TestStack;

beforeAll(async () => {
  stack = await testStack();
  expect(await stack.tidemark('up')).toMatchObject({ code: 0 });
  expect(await stack.tidemark('seed', '--users', '800', '--seed', '8')).toMatchObject({ code: 0 });
});
afterAll(() => stack.dispose());

const live = async (seed: string) => {
  const lived = await stack.tidemark('live', '--updates', '60', '--inserts', '6', '--deletes', '3', '--seed', seed);
  expect(lived).toMatchObject({ code: 0 });
};
const detail = async (run: string) => RunDetail.parse(await stack.json('runs', 'show', run));
const whole = async (...args: string[]): Promise<Run> => {
  const { out, error } = await stack.tidemark(...args, '--wait', '--output', 'json');
  return RunDetail.parse(JSON.parse(out || JSON.stringify(error))).run;
};
const users = ({ sources }: Run) => sources.find(({ source }) => source === 'users');
const standing = async () => {
  const all = SourceList.shape.sources.parse(await stack.json('sources'));
  return all.find(({ source }) => source.name === 'users');
};
const watermark = async () => (await standing())?.watermark?.cursor ?? '';
const UNTOUCHED = { inserted: '0', updated: '0', deleted: '0' };

/** The users as published, which are those of silver. */
async function published(folder: string): Promise<string> {
  const out = join(stack.state, 'out', folder);
  expect(await stack.tidemark('export', '--out', out)).toMatchObject({ code: 0 });
  return readFile(join(out, 'Users.csv'), 'utf8');
}

let first: Run;
let second: Run;

test('a plan shows what a run would do, the run executes that very plan, and an old plan is refused', async () => {
  const plan = Plan.parse(await stack.json('plan', '--source', 'users'));
  expect(plan.sources).toMatchObject([{ source: 'users', work: 'new', window: '1', lower: null, busy: null }]);
  expect(plan.datasets.map(({ dataset }) => dataset)).toContain('users');
  expect((await standing())?.open, 'a plan writes nothing').toBeNull();
  first = await whole('run', '--source', 'users', '--plan', plan.plan);
  expect(users(first)).toMatchObject({ outcome: 'committed', read: '800', window: '1' });
  const stale = await stack.tidemark('run', '--source', 'users', '--plan', plan.plan);
  expect(stale).toMatchObject({ code: 1, error: expect.stringContaining('PLAN_STALE') });
});

test('a reset is refused into the future, to the beginning unless that is said, and without a yes', async () => {
  await live('21');
  second = await whole('run');
  expect(second.status).toBe('Succeeded');
  const before = await watermark();
  const reset = (...args: string[]) => stack.tidemark('watermark', 'reset', 'users', '--reason', 'scenario', ...args);
  expect(await reset('--to', users(first)?.upper ?? '')).toMatchObject({ code: 2 });
  expect(await reset('--to', '2099-01-01', '--yes')).toMatchObject({
    code: 1,
    error: expect.stringContaining('WATERMARK_AHEAD'),
  });
  expect(await reset('--yes')).toMatchObject({ code: 2 });
  expect(await watermark()).toBe(before);
});

test('after a reset to the past the replay leaves silver as it was, row for row', async () => {
  const before = await published('before-reset');
  const to = users(first)?.upper ?? '';
  const done = await stack.tidemark('watermark', 'reset', 'users', '--to', to, '--reason', 'scenario', '--yes');
  expect(done, done.error).toMatchObject({ code: 0 });
  expect(await watermark()).toBe(to);
  const replay = await whole('run', '--source', 'users');
  expect(users(replay)).toMatchObject({ outcome: 'committed', lower: to, read: users(second)?.read, ...UNTOUCHED });
  expect(await published('after-reset')).toBe(before);
  await equalsSource(stack, 'reset');
});

test('a run as it was merges its windows once more, and moves neither silver nor the watermark', async () => {
  const [before, at] = [await published('before-as-was'), await watermark()];
  const again = await whole('rerun', second.run, '--as-was', '--reason', 'scenario');
  expect(again.status, JSON.stringify(again)).toBe('Succeeded');
  expect(again.rerunOf).toBe(second.run);
  expect(users(again)).toMatchObject({ outcome: 'committed', read: users(second)?.read, ...UNTOUCHED });
  expect(await watermark()).toBe(at);
  expect(await published('after-as-was')).toBe(before);
});

test('a backfill reads the past in windows while live runs go on', async () => {
  await live('22');
  const [from, to] = [users(second)?.lower ?? '', await watermark()];
  const before = await watermark();
  const span = Math.ceil((Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 1000 / 3);
  const args = ['--from', from, '--to', to, '--window', `${span}s`, '--parallel', '2', '--reason', 'scenario'];
  const { run } = (await stack.json('backfill', 'users', ...args)) as { run: string };
  const meanwhile = await whole('run', '--source', 'users');
  expect(users(meanwhile)).toMatchObject({ outcome: 'committed', read: '69', inserted: '6' });
  const { run: filled } = await eventually(`end of ${run}`, async () => {
    const found = await detail(run);
    return found.run.ended === null ? undefined : found;
  });
  expect(filled.status, JSON.stringify(filled)).toBe('Succeeded');
  expect(users(filled)).toMatchObject({ outcome: 'committed', windows: '3', inserted: '0' });
  const moved = users(meanwhile)?.upper ?? '';
  expect(moved > before).toBe(true);
  expect(await watermark(), 'live runs alone move it').toBe(moved);
  await equalsSource(stack, 'backfill');
});

test.each(['copy', 'apply'] as const)(
  'a run is cancelled in the middle of its %s, and the next one goes on',
  async (at: Step['name']) => {
    await live(at === 'copy' ? '23' : '24');
    const { run } = (await stack.json('run', '--source', 'users')) as { run: string };
    await eventually(`step ${at}`, async () => (await detail(run)).steps.some(({ name }) => name === at) || undefined);
    const cancelled = await stack.tidemark('cancel', run, '--reason', 'scenario', '--wait');
    expect(cancelled, cancelled.error).toMatchObject({ code: 0, out: expect.stringContaining('Cancelled') });
    const { run: ended, steps } = await detail(run);
    expect(ended.status).toBe('Cancelled');
    expect(steps.filter(({ status }) => status === 'Running')).toEqual([]);
    expect((await standing())?.busy).toBeNull();
    const goesOn = await whole('rerun', run);
    expect(goesOn, JSON.stringify(goesOn)).toMatchObject({ status: 'Succeeded', rerunOf: run });
    await equalsSource(stack, `cancel-${at}`);
  },
);

test('a rerun takes up what failed alone, and the datasets that waited for it', async () => {
  const password = (await stack.secrets()).readerPassword;
  await live('25');
  await stack.input('wrong', 'secret', 'mysql-password');
  const broken = await whole('run');
  expect(broken.status).toBe('Failed');
  await stack.input(password, 'secret', 'mysql-password');
  const mended = await whole('rerun', broken.run);
  expect(mended, JSON.stringify(mended)).toMatchObject({ status: 'Succeeded', wanted: ['users'], rerunOf: broken.run });
  expect(mended.datasets.map(({ outcome }) => outcome)).toEqual(broken.datasets.map(() => 'published'));
  await equalsSource(stack, 'rerun');
  const none = await stack.tidemark('rerun', mended.run);
  expect(none).toMatchObject({ code: 1, error: expect.stringContaining('nothing of it is left') });
});

test('everything that was asked for lies in the audit, with who, why, and what became of it', async () => {
  const entries = AuditList.shape.entries.parse(await stack.json('audit', '--limit', '100'));
  const of = (action: string) => entries.filter((entry) => entry.action === action);
  expect(
    of('watermark.reset')
      .map(({ outcome }) => outcome)
      .sort(),
  ).toEqual(['done', 'refused']);
  expect(of('watermark.reset').find(({ outcome }) => outcome === 'done')).toMatchObject({
    actor: 'development key',
    reason: 'scenario',
    before: users(second)?.upper,
    after: users(first)?.upper,
  });
  expect(of('run.cancel')).toHaveLength(2);
  expect(of('backfill.start')).toHaveLength(1);
  expect(of('run.rerun').length).toBeGreaterThanOrEqual(4);
});
