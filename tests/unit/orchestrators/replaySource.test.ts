import { describe, expect, test } from 'vitest';
import { replaySource } from '../../../orchestrators/replaySource';
import { problem } from '../../../shared/problem';
import { NO_ROWS } from '../../../shared/windows/account';
import { aTask } from '../../support/activities';
import { play, type World } from '../../support/play';

const task = aTask({ catalog: '3', pace: { first: 5, longest: 60 }, byHand: true });
const external = { external: 'x-1', started: '2026-01-01T00:00:00.000Z' };
const again = [{ id: 'users.1.0', reasons: ['gender_known'] }];
const done = { kind: 'replayed', outcome: { ...NO_ROWS, merged: '2', inserted: '2', quarantined: '1' }, again };
const happy: World = {
  takeLease: () => ({ kind: 'held', lease: { source: 'users', holder: task.run, fence: '1' } }),
  startReplay: () => external,
  readReplay: () => done,
  settleReplay: () => null,
  releaseLease: () => null,
};

describe('replaySource', () => {
  test('merges under the lease of the source and writes down what became of each row', () => {
    const { result, calls, inputs } = play(replaySource, task, happy);
    expect(calls).toEqual(['takeLease', 'startReplay', 'readReplay', 'settleReplay', 'releaseLease']);
    expect(inputs.get('settleReplay')).toMatchObject([{ again }]);
    expect(result).toMatchObject({ outcome: 'committed', inserted: '2', quarantined: '1', window: null });
  });

  test('says that nothing is new when every row breaks a rule again', () => {
    const none = { ...done, outcome: { ...NO_ROWS, quarantined: '1' } };
    expect(play(replaySource, task, { ...happy, readReplay: () => none }).result.outcome).toBe('nothing-new');
  });

  test('tries a lost cluster anew, and decides nothing about rows when it fails for good', () => {
    const lost = { kind: 'failed', problem: problem('NOTEBOOK_FAILED', 'users', 'lost.', 'Wait.', true) };
    const { result, calls } = play(replaySource, task, { ...happy, readReplay: () => lost });
    expect(calls.filter((name) => name === 'startReplay')).toHaveLength(3);
    expect(calls).not.toContain('settleReplay');
    expect(calls.at(-1)).toBe('releaseLease');
    expect(result.outcome).toBe('failed');
  });
});
