import { describe, expect, test } from 'vitest';
import { ingestSource } from '../../../orchestrators/ingestSource';
import { aTask } from '../../support/activities';
import { play, type World } from '../../support/play';
import { external, lost, quietSource, statusOf } from '../../support/quietSource';

const task = aTask({ reconcile: 'content' });
const key = { key: '42', held: 'both', columns: ['country'] };
const summed = (buckets: string[]) => ({ kind: 'summed', source: '9', silver: '9', differing: '1', buckets });
const sound = { windows: '2', files: '2', landed: '9', taken: '9', unread: '0', broken: '0', faults: [] };
const fault = { window: '2', file: 'users/window=2/attempt=1/part-0.parquet', fault: 'is gone' };
const traced = (differing: string) => ({ kind: 'traced', differing, keys: differing === '0' ? [] : [key] });
const happy: World = {
  ...quietSource(task.run),
  checkBronze: () => sound,
  startCompare: () => external,
  readCompare: (_, nth) => (nth === 0 ? summed(['0a3']) : traced('1')),
};

describe('a run that holds bronze and silver against a source', () => {
  test('is content with equal sums, behind the windows and under their lease', () => {
    const { calls, inputs, result } = play(ingestSource, task, {
      ...happy,
      readCompare: () => ({ ...summed([]), differing: '0' }),
    });
    expect(calls.slice(calls.indexOf('commitWindow') + 1)).toEqual([
      'checkBronze',
      'startListing',
      'readListing',
      'startCompare',
      'readCompare',
      'releaseLease',
    ]);
    expect(inputs.get('startListing')).toMatchObject([{ listing: { kind: 'sums' } }]);
    expect(result).toMatchObject({
      reconciled: { outcome: 'agrees', bronze: sound, content: { source: '9', silver: '9' } },
      problems: [],
    });
  });

  test('lists the rows of the buckets that differ, and names the keys as news that fails nothing', () => {
    const { inputs, result } = play(ingestSource, task, happy);
    expect(inputs.get('startListing')).toMatchObject([{}, { listing: { kind: 'rows', buckets: ['0a3'] } }]);
    expect(result).toMatchObject({
      outcome: 'nothing-new',
      reconciled: { outcome: 'differs', content: { buckets: '1', followed: '1', differing: '1', keys: [key] } },
      problems: [{ code: 'RECONCILE_MISMATCH', why: expect.stringContaining('\n42: country') }],
    });
    expect(statusOf(result, task.run)).toBe('Succeeded');
  });

  test('agrees where the rows of a bucket differ by nothing but what moved on', () => {
    const { result } = play(ingestSource, task, {
      ...happy,
      readCompare: (_, nth) => (nth === 0 ? summed(['0a3']) : traced('0')),
    });
    expect(result).toMatchObject({ reconciled: { outcome: 'agrees', content: { buckets: '1' } }, problems: [] });
  });

  test('does not agree where it could not look into every bucket that differs', () => {
    const { result } = play(ingestSource, task, {
      ...happy,
      readCompare: (_, nth) => (nth === 0 ? { ...summed(['0a3']), differing: '3' } : traced('0')),
    });
    expect(result).toMatchObject({
      reconciled: { outcome: 'differs', content: { buckets: '3', followed: '1', differing: '0' } },
      problems: [{ code: 'RECONCILE_MISMATCH', why: expect.stringContaining('2 of 3 buckets') }],
    });
  });

  test('names the files of bronze that are not what landed, whatever becomes of the rest', () => {
    const checkBronze = () => ({ ...sound, broken: '1', faults: [fault] });
    const altered = { code: 'BRONZE_ALTERED', why: expect.stringContaining(`window 2: ${fault.file} is gone`) };
    const agrees = { ...happy, checkBronze, readCompare: () => ({ ...summed([]), differing: '0' }) };
    const { result } = play(ingestSource, task, agrees);
    expect(result).toMatchObject({ reconciled: { outcome: 'differs' }, problems: [altered] });
    expect(statusOf(result, task.run)).toBe('Succeeded');

    const readListing = () => ({ kind: 'failed', problem: { ...lost, transient: false } });
    expect(play(ingestSource, task, { ...agrees, readListing }).result).toMatchObject({
      reconciled: { outcome: 'failed', bronze: { broken: '1' } },
      problems: [altered, { code: 'NOTEBOOK_FAILED' }],
    });
  });

  test('does not agree while files were written again that are too many to be read', () => {
    const checkBronze = () => ({ ...sound, unread: '1' });
    const { result } = play(ingestSource, aTask({ reconcile: 'bronze' }), { ...happy, checkBronze });
    expect(result).toMatchObject({ reconciled: { outcome: 'differs' }, problems: [{ code: 'BRONZE_ALTERED' }] });
  });

  test('holds no content against a source that has none of the kind', () => {
    const { calls, result } = play(ingestSource, aTask({ reconcile: 'bronze' }), happy);
    expect(calls).not.toContain('startListing');
    expect(result).toMatchObject({ reconciled: { outcome: 'agrees', bronze: sound, content: null }, problems: [] });
  });

  test('fails, with its windows committed, when it cannot be compared', () => {
    const broken = { kind: 'failed', problem: { ...lost, transient: false } };
    for (const step of ['readListing', 'readCompare']) {
      const { calls, result } = play(ingestSource, task, { ...happy, [step]: () => broken });
      expect(result).toMatchObject({ outcome: 'nothing-new', reconciled: { outcome: 'failed' } });
      expect(statusOf(result, task.run)).toBe('Failed');
      expect(calls.at(-1)).toBe('releaseLease');
    }
  });
});
