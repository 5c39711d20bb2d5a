import { describe, expect, test } from 'vitest';
import { ingestSource } from '../../../orchestrators/ingestSource';
import { problem } from '../../../shared/problem';
import { runReport } from '../../../shared/runs/reports';
import { aTask } from '../../support/activities';
import { play, type World } from '../../support/play';
import { aWindow } from '../../support/windows';

const task = aTask({ keys: { accepted: null } });
const external = { external: 'x-1', started: '2026-01-01T00:00:00.000Z' };
const account = { counted: '0', read: '0', landed: '0', rejected: '0' };
const lost = problem('NOTEBOOK_FAILED', 'users', 'driver lost.', 'Wait.', true);
const mass = problem('MASS_DELETE', 'users', 'all are gone.', 'Look.');
const happy: World = {
  takeLease: () => ({ kind: 'held', lease: { source: 'users', holder: task.run, fence: '1' } }),
  planWindow: () => ({ kind: 'ready', window: aWindow() }),
  startCopy: () => external,
  readCopy: () => ({ kind: 'copied', upper: null, account, columns: [], sometimes: [], logs: [] }),
  landWindow: () => ({ kind: 'landed', window: aWindow({ state: 'landed', account }), problems: [] }),
  commitWindow: () => ({ source: 'users', cursor: null, window: '1', run: task.run, committed: external.started }),
  startListing: () => external,
  readListing: () => ({ kind: 'listed' }),
  startDeletes: () => external,
  readDeletes: () => ({ kind: 'compared', deleted: '3' }),
  noteDeletes: () => null,
  releaseLease: () => null,
};
const request = {
  run: task.run,
  catalog: '1',
  sources: ['users'],
  trigger: { kind: 'http', actor: 'a', reason: 'r' },
} as const;
const statusOf = (result: Parameters<typeof runReport>[1][number]) =>
  runReport({ ...request, sources: ['users'] }, [result], []).status;

describe('a run that compares keys', () => {
  test('does it behind the windows and under their lease, and what it marks moves gold', () => {
    const { result, calls } = play(ingestSource, task, happy);
    expect(calls.slice(calls.indexOf('commitWindow'))).toEqual([
      'commitWindow',
      'startListing',
      'readListing',
      'startDeletes',
      'readDeletes',
      'noteDeletes',
      'releaseLease',
    ]);
    expect(result).toMatchObject({ outcome: 'committed', deleted: '3', keys: 'compared' });
  });

  test('says that nothing is new when no row is gone', () => {
    const none = { ...happy, readDeletes: () => ({ kind: 'compared', deleted: '0' }) };
    const { result, calls } = play(ingestSource, task, none);
    expect(calls).not.toContain('noteDeletes');
    expect(result).toMatchObject({ outcome: 'nothing-new', deleted: '0', keys: 'compared' });
  });

  test('leaves its windows committed when too many are gone, and fails', () => {
    const { result, calls } = play(ingestSource, task, {
      ...happy,
      readDeletes: () => ({ kind: 'stopped', problem: mass }),
    });
    expect(result).toMatchObject({ outcome: 'nothing-new', keys: 'stopped', problems: [mass] });
    expect(statusOf(result)).toBe('Failed');
    expect(calls.at(-1)).toBe('releaseLease');
  });

  test('lists anew after a passing failure, and a lost job is a new one over the same list', () => {
    const once = (then: unknown) => (_: unknown, nth: number) => (nth === 0 ? { kind: 'failed', problem: lost } : then);
    const { inputs, result } = play(ingestSource, task, {
      ...happy,
      readListing: once({ kind: 'listed' }),
      readDeletes: once({ kind: 'compared', deleted: '1' }),
    });
    expect(inputs.get('startListing')).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
    expect(inputs.get('startDeletes')).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
    expect(result).toMatchObject({ outcome: 'committed', deleted: '1' });
  });

  test('notes that rows may be marked when its job cannot be asked any more, so that gold looks', () => {
    const gone = () => ({ kind: 'failed', problem: { ...lost, transient: false } });
    const { inputs, result } = play(ingestSource, task, { ...happy, readDeletes: gone });
    expect(inputs.get('noteDeletes')).toMatchObject([{ deleted: null }]);
    expect(result).toMatchObject({ outcome: 'nothing-new', keys: 'failed' });
  });

  test('compares nothing while a window of its source did not come through', () => {
    const failed = () => ({ kind: 'failed', problem: problem('SOURCE_ACCESS', 'users', 'no.', 'Mend.') });
    const { result, calls } = play(ingestSource, task, { ...happy, readCopy: failed });
    expect(calls).not.toContain('startListing');
    expect(result.outcome).toBe('failed');
  });
});
