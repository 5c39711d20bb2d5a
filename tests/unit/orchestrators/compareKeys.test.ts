import { describe, expect, test } from 'vitest';
import { ingestSource } from '../../../orchestrators/ingestSource';
import { problem } from '../../../shared/problem';
import { aTask } from '../../support/activities';
import { play, type World } from '../../support/play';
import { external, lost, quietSource, statusOf } from '../../support/quietSource';

const task = aTask({ keys: { accepted: null } });
const mass = problem('MASS_DELETE', 'users', 'all are gone.', 'Look.');
const happy: World = {
  ...quietSource(task.run),
  startDeletes: () => external,
  readDeletes: () => ({ kind: 'compared', deleted: '3' }),
  noteDeletes: () => null,
};

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

  test('says to its job when the list was begun, however long that took', () => {
    const slow = (_: unknown, nth: number) => ({ kind: nth < 3 ? 'running' : 'listed' });
    const { inputs, waitedMs } = play(ingestSource, task, { ...happy, readListing: slow });
    expect(waitedMs).toBeGreaterThan(0);
    expect(inputs.get('startDeletes')).toMatchObject([{ begun: '2026-01-01T00:00:00.000Z' }]);
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
    expect(statusOf(result, task.run)).toBe('Failed');
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
