import { describe, expect, test } from 'vitest';
import { nextWindow, type Standing } from '../../../../shared/windows/next';
import { aWindow } from '../../../support/windows';

const now = '2026-01-02T00:00:00.000Z';
const standing: Standing = {
  source: 'users',
  run: '20260102T000000-0000ffff',
  catalog: '4',
  kind: 'mysql',
  hasCursor: true,
  replaces: false,
  watermark: null,
  open: null,
  newest: null,
  files: [],
  without: [],
  byHand: false,
  until: null,
  now,
};
const watermark = {
  source: 'users',
  cursor: '2026-01-01 10:00:00.123456',
  window: '7',
  run: standing.run,
  committed: now,
  sighting: null,
};
const file = (sha: string) => ({
  path: `countries/${sha}.csv`,
  name: `${sha}.csv`,
  bytes: '1',
  sha256: sha.repeat(64),
});

describe('nextWindow', () => {
  test('starts from no lower bound', () => {
    expect(nextWindow(standing)).toMatchObject({
      kind: 'ready',
      window: { number: '1', mode: 'incremental', lower: null, upper: null, attempt: '1' },
    });
  });

  test('goes on from the watermark, whose text it does not touch', () => {
    expect(nextWindow({ ...standing, watermark })).toMatchObject({
      kind: 'ready',
      window: { number: '8', mode: 'incremental', lower: '2026-01-01 10:00:00.123456', upper: null },
    });
  });

  test('numbers past 2^53 exactly', () => {
    const far = { ...watermark, window: '9007199254740993' };
    expect(nextWindow({ ...standing, watermark: far })).toMatchObject({ window: { number: '9007199254740994' } });
  });

  test('reads a table without a cursor whole, each time', () => {
    const next = nextWindow({ ...standing, hasCursor: false, watermark: { ...watermark, cursor: null } });
    expect(next).toMatchObject({ window: { mode: 'snapshot', lower: null } });
  });

  test('gives a planned window whose copy came to nothing a new attempt of the same piece', () => {
    const open = aWindow({ number: '8', mode: 'incremental', lower: 'x', attempt: '2' });
    expect(nextWindow({ ...standing, watermark, open })).toMatchObject({
      kind: 'ready',
      window: { number: '8', lower: 'x', attempt: '3', run: standing.run, state: 'planned' },
    });
  });

  test.each(['landed', 'applied'] as const)('goes on with a %s window as it is', (state) => {
    const open = aWindow({ number: '8', state, attempt: '2', upper: 'y' });
    expect(nextWindow({ ...standing, watermark, open })).toMatchObject({ window: { state, attempt: '2', upper: 'y' } });
  });

  test('leaves a parked window alone until a person asks', () => {
    const open = aWindow({ number: '8', state: 'parked' });
    expect(nextWindow({ ...standing, watermark, open }).kind).toBe('parked');
    expect(nextWindow({ ...standing, watermark, open, byHand: true })).toMatchObject({
      kind: 'ready',
      window: { number: '8', state: 'planned', problem: null },
    });
  });

  test.each([
    ['gone', null],
    ['older than the windows', { ...watermark, window: '6' }],
  ])('is no silent full load when the watermark is %s: it says what to do', (_state, kept) => {
    const upper = '2026-01-01 10:00:00.123456';
    const newest = aWindow({ number: '7', state: 'committed', mode: 'incremental', upper });
    expect(nextWindow({ ...standing, watermark: kept, newest })).toMatchObject({
      kind: 'lost',
      problem: {
        code: 'WATERMARK_LOST',
        next: expect.stringContaining("tidemark watermark reset users --to '2026-01-01 10:00:00.123456' --reason TEXT"),
      },
    });
    const files = aWindow({ number: '7', state: 'committed', mode: 'files' });
    expect(nextWindow({ ...standing, kind: 'sftp', watermark: kept, newest: files })).toMatchObject({
      problem: { next: expect.stringContaining('tidemark watermark reset users --full-load --reason TEXT') },
    });
    expect(nextWindow({ ...standing, watermark, newest }).kind).toBe('ready');
  });

  test('plans no window for a file source without new files', () => {
    expect(nextWindow({ ...standing, kind: 'sftp' }).kind).toBe('nothing-new');
  });

  test('keeps the fetched files of an open window and takes up those that arrived since, each once', () => {
    const open = aWindow({ mode: 'files', files: [file('a')] });
    const next = nextWindow({ ...standing, kind: 'sftp', open, files: [file('a'), file('b')] });
    expect(next.kind === 'ready' && next.window.files.map(({ name }) => name)).toEqual(['a.csv', 'b.csv']);
  });

  describe('with a file of an open window that was replaced under its name', () => {
    const version = (name: string, sha: string) => ({ ...file(sha), name });
    const [s1, s2] = [version('a.csv', '1'), version('a.csv', '2')];
    const planned = (rest: Partial<Standing>) => {
      const next = nextWindow({ ...standing, kind: 'sftp', open: aWindow({ mode: 'files', files: [s1] }), ...rest });
      return next.kind === 'ready' ? next.window.files : next;
    };

    test('reads the newest version alone where a window is the whole table', () => {
      expect(planned({ replaces: true, files: [s2] })).toEqual([s2]);
      const parked = aWindow({ mode: 'files', state: 'parked', files: [s1] });
      expect(planned({ replaces: true, open: parked, byHand: true, files: [s2] })).toEqual([s2]);
      expect(planned({ replaces: true, files: [s1] }), 'the same version').toEqual([s1]);
    });

    test('leaves the newer version to the next window where rows are merged, since the older one may have rows of its own', () => {
      expect(planned({ files: [s2, file('b')] })).toEqual([s1, file('b')]);
      expect(planned({ files: [s2], without: [s1.sha256] }), 'the older one is lost').toEqual([s2]);
      expect(planned({ open: null, files: [s1, s2] }), 'one that holds nothing yet').toEqual([s1]);
    });

    test('still reads what the older version held when it came under another name as well', () => {
      const renamed = version('b.csv', '1');
      expect(planned({ replaces: true, files: [s2, renamed] })).toEqual([s2, renamed]);
    });
  });

  test('holds content once that came under two names', () => {
    const twins = [file('a'), { ...file('a'), name: 'b.csv' }];
    const fresh = nextWindow({ ...standing, kind: 'sftp', files: twins });
    expect(fresh.kind === 'ready' && fresh.window.files).toEqual([file('a')]);
    const retried = nextWindow({ ...standing, kind: 'sftp', open: aWindow({ mode: 'files' }), files: twins });
    expect(retried.kind === 'ready' && retried.window.files).toEqual([file('a')]);
  });

  test('leaves files past the limit of a window to the next one', () => {
    const many = Array.from({ length: 1001 }, (_, at) => ({
      ...file('a'),
      name: `${at}.csv`,
      sha256: String(at).padStart(64, '0'),
    }));
    const next = nextWindow({ ...standing, kind: 'sftp', files: many });
    expect(next.kind === 'ready' && next.window.files).toHaveLength(1000);
  });

  test('lets go of a file that somebody took away from landing', () => {
    const open = aWindow({ mode: 'files', state: 'parked', files: [file('a')] });
    const byHand = { ...standing, kind: 'blob', open, byHand: true } as const;
    const next = nextWindow({ ...byHand, files: [file('b')], without: [file('a').sha256] });
    expect(next.kind === 'ready' && next.window.files.map(({ name }) => name)).toEqual(['b.csv']);
    expect(nextWindow({ ...byHand, without: [file('a').sha256] })).toMatchObject({
      kind: 'nothing-new',
      emptied: { state: 'planned', attempt: '2', files: [] },
    });
  });
});
