import { describe, expect, test } from 'vitest';
import { eraseSubject } from '../../../orchestrators/eraseSubject';
import type { ErasureRequest } from '../../../shared/contracts/erasure';
import { problem } from '../../../shared/problem';
import { datasetReport } from '../../../shared/runs/reports';
import { play, type World } from '../../support/play';

const request: ErasureRequest = {
  run: '20260101T000000-0000abcd',
  catalog: '3',
  table: 'users',
  source: 'users',
  subject: 'a'.repeat(64),
  purgeNow: false,
  trigger: { kind: 'http', actor: 'me', reason: 'request 4711' },
};
const pace = { first: 5, longest: 60 };
const common = { run: request.run, catalog: '3', pace };
const task = { ...common, source: 'users', kind: 'mysql', byHand: false, whenBusy: 'wait', attempts: 2 };
const dataset = { ...common, dataset: 'users', needs: [], publish: true, reconcile: true, inputs: { users: '4' } };
const wait = { external: '', started: '2026-01-01T00:00:00.000Z' };
const lease = { source: 'users', holder: request.run, fence: '1' };
const part = (name: string) => ({ part: name, outcome: 'done', detail: '', problems: [] });

const world: World = {
  openErasure: () => ({ task, datasets: ['users'] }),
  awaitLanes: (_: unknown, nth: number) => ({ kind: nth < 1 ? 'running' : 'clear' }),
  takeLease: (_: unknown, nth: number) =>
    nth < 1 ? { kind: 'running', wait, seconds: null } : { kind: 'held', lease },
  startErase: () => ({ external: '7', started: '2026-01-01T00:00:00.000Z' }),
  readErase: () => ({ kind: 'erased', parts: [part('silver/users')] }),
  dropCopies: () => [part('bronze/users/orphans')],
  releaseLease: () => null,
  findReaders: () => ['20260101T000100-0000abcd'],
  awaitRuns: (_: unknown, nth: number) => ({ kind: nth < 1 ? 'running' : 'clear' }),
  planGold: () => ({ tasks: [dataset], blocked: [] }),
  publishDataset: () => datasetReport('users', 'published', { rows: '9' }),
  dropForms: () => [part('gold/_published')],
  closeErasure: () => null,
  sendLetters: () => ({ sent: 0, waiting: 0 }),
};

describe('eraseSubject', () => {
  test('is in the ledger before it waits for whoever writes the table, and publishes behind whoever read it before', () => {
    const { result, calls } = play(eraseSubject, request, world);
    expect(calls).toEqual([
      'openErasure',
      'awaitLanes',
      'awaitLanes',
      'takeLease',
      'takeLease',
      'startErase',
      'readErase',
      'dropCopies',
      'releaseLease',
      'findReaders',
      'awaitRuns',
      'awaitRuns',
      'planGold',
      'publishDataset',
      'dropForms',
      'closeErasure',
      'sendLetters',
    ]);
    expect(result.map((one) => one.part)).toEqual([
      'silver/users',
      'bronze/users/orphans',
      'exports/users',
      'gold/_published',
    ]);
  });

  test('keeps what was published when a layer could not be erased, gives the lease back and says so', () => {
    const refused = problem('NOTEBOOK_FAILED', 'users', 'no space.', 'Make room.', true);
    const { result, calls } = play(eraseSubject, request, {
      ...world,
      readErase: () => ({ kind: 'failed', problem: refused }),
    });
    expect(calls.filter((name) => name === 'startErase')).toHaveLength(2);
    expect(calls).toContain('releaseLease');
    expect(calls).not.toContain('dropCopies');
    expect(calls).not.toContain('publishDataset');
    expect(result).toMatchObject([{ part: 'users', outcome: 'failed', problems: [{ code: 'NOTEBOOK_FAILED' }] }]);
  });
});
