import { describe, expect, test } from 'vitest';
import { backfill } from '../../../orchestrators/backfill';
import type { RunRequest, SourceReport } from '../../../shared/contracts/run';
import { problem } from '../../../shared/problem';
import { lanesJoined } from '../../../shared/runs/lanesJoined';
import { committed, nothingNew, stopped } from '../../../shared/runs/reports';
import { play, type World } from '../../support/play';
import { aWindow } from '../../support/windows';

const run = '20260101T000000-0000abcd';
const [from, to] = ['2026-01-01 00:00:00.000000', '2026-01-02 00:00:00.000000'];
const request: RunRequest = {
  run,
  catalog: '3',
  sources: ['users'],
  trigger: { kind: 'http', actor: 'me', reason: 'test' },
  aside: { kind: 'backfill', lanes: run, source: 'users', from, to, size: '12h', parallel: 2 },
};
const task = (name: string) => ({
  run,
  catalog: '3',
  source: 'users',
  kind: 'mysql',
  pace: { first: 5, longest: 60 },
  byHand: true,
  whenBusy: 'refuse',
  attempts: 5,
  lane: { kind: 'range', name, from, until: to },
});
const account = { counted: '5', read: '5', landed: '5', rejected: '0' };
const outcome = {
  merged: '5',
  duplicates: '0',
  quarantined: '0',
  inserted: '1',
  updated: '2',
  unchanged: '2',
  deleted: '0',
};
const moved = (lower: string, upper: string): SourceReport =>
  committed(aWindow({ lower, upper, account, outcome }), []);

const world: World = {
  openRun: () => ({ tasks: [], parallel: 4 }),
  openAside: () => ({ tasks: [task('a'), task('b'), task('c')], parallel: 2 }),
  ingestSource: () => moved(from, to),
  planGold: () => ({ tasks: [], blocked: [] }),
  closeRun: () => null,
  sendLetters: () => ({ sent: 0, waiting: 0 }),
};

describe('backfill', () => {
  test('takes every lane through as a source is taken through, and reports them as one', () => {
    const { result, calls } = play(backfill, request, world);
    expect(calls).toEqual([
      'openRun',
      'openAside',
      'ingestSource',
      'ingestSource',
      'ingestSource',
      'planGold',
      'closeRun',
      'sendLetters',
    ]);
    expect(result).toMatchObject({
      status: 'Succeeded',
      sources: [{ source: 'users', windows: '3', read: '15', updated: '6' }],
    });
  });

  test('is as bad as its worst lane', () => {
    const broken = stopped('users', 'failed', problem('SOURCE_ACCESS', 'users', 'no.', 'Mend it.'));
    const flaky = (_: unknown, nth: number) => (nth === 1 ? broken : moved(from, to));
    const { result } = play(backfill, request, { ...world, ingestSource: flaky });
    expect(result).toMatchObject({ status: 'Failed', sources: [{ outcome: 'failed', read: '10' }] });
  });
});

test('a source that is left alone is told with the others', () => {
  const busy = problem('SOURCE_BUSY', 'users', 'an erasure is at work on its table.', 'Wait for it.');
  const { result } = play(backfill, request, { ...world, openAside: () => ({ tasks: [], parallel: 2, busy: [busy] }) });
  expect(result).toMatchObject({ status: 'Failed', sources: [{ source: 'users', outcome: 'busy', problems: [busy] }] });
});

describe('lanesJoined', () => {
  test('spans the lanes of a source and says each problem once', () => {
    const why = problem('SOURCE_ACCESS', 'users', 'no.', 'Mend it.');
    const broken = stopped('users', 'failed', why);
    const [users, other] = lanesJoined([moved('a', 'b'), broken, broken, moved('b', 'c'), nothingNew('other')]);
    expect(users).toMatchObject({ source: 'users', outcome: 'failed', lower: 'a', upper: 'c', problems: [why] });
    expect(other).toMatchObject({ source: 'other', outcome: 'nothing-new' });
  });

  test('a lane that was through before changes nothing about the others', () => {
    expect(lanesJoined([nothingNew('users'), moved('a', 'b')])).toMatchObject([{ outcome: 'committed', windows: '1' }]);
  });
});
