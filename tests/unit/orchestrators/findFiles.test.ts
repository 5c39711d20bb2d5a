import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findFiles } from '../../../orchestrators/findFiles';
import { type LookTask, LookTask as LookTaskSchema } from '../../../shared/contracts/steps';
import { problem } from '../../../shared/problem';
import { play, type World } from '../../support/play';

const run = '20260101T000000-0000abcd';
const task = {
  run,
  catalog: '3',
  source: 's',
  pace: { first: 1, longest: 1 },
  byHand: false,
  whenBusy: 'queue',
  attempts: 3,
};
const look = (kind: 'sftp' | 'blob' | 'mysql') =>
  ({ task: { ...task, kind }, lease: { source: 's', holder: run, fence: '1' } }) as LookTask;
const listed = (name: string) => ({ name, bytes: '3', modified: '2026-01-01T00:00:00Z', etag: '' });
const external = { external: 'x', started: '2026-01-01T00:00:00.000Z' };
const sighted = { ready: [], companions: [], gone: [], restSeconds: 0, problems: [] };
const unstable = problem('SOURCE_FILE_UNSTABLE', 's', 'not complete yet: a.csv.', 'Nothing to do.', true);
const kept = (name: string) => ({ path: `_raw/s/x/${name}`, name, bytes: '3', sha256: 'a'.repeat(64) });

const finding = { name: 'findFiles', input: LookTaskSchema, output: z.any(), run: findFiles };
const found = (kind: 'sftp' | 'blob' | 'mysql', world: World) => play(finding, look(kind), world);
const admit: World = {
  admitFiles: ({ files }: { files: { name: string }[] }) => ({
    files: files.map(({ name }) => kept(name)),
    problems: [],
  }),
};

describe('findFiles', () => {
  test('asks nothing of a table', () => {
    expect(found('mysql', {})).toMatchObject({ calls: [], result: { files: [] } });
  });

  test('takes what lies complete in landing at once', () => {
    const { result, calls, waitedMs } = found('blob', {
      ...admit,
      listLanding: () => ({ kind: 'listed', files: [listed('a.csv')] }),
      sightFiles: () => ({ ...sighted, ready: [listed('a.csv')], gone: ['b'.repeat(64)] }),
    });
    expect([calls, waitedMs]).toEqual([['listLanding', 'sightFiles', 'admitFiles'], 0]);
    expect(result).toMatchObject({ kind: 'found', files: [kept('a.csv')], gone: ['b'.repeat(64)] });
  });

  test('looks a second time when a file has to rest, and only then brings it', () => {
    const files = [listed('a.csv'), listed('a.csv.sha256')];
    const { result, calls, inputs, waitedMs } = found('sftp', {
      ...admit,
      startLook: () => external,
      readLook: () => ({ kind: 'listed', files }),
      sightFiles: (_: unknown, nth: number) =>
        nth === 0
          ? { ...sighted, restSeconds: 10, problems: [unstable] }
          : { ...sighted, ready: [files[0]], companions: [files[1]] },
      startFetch: () => external,
      readFetch: (_: unknown, nth: number) =>
        nth === 0 ? { kind: 'running' } : { kind: 'fetched', files, problems: [] },
    });
    expect(calls).toEqual([
      ...['startLook', 'readLook', 'sightFiles', 'startLook', 'readLook', 'sightFiles'],
      ...['startFetch', 'readFetch', 'readFetch', 'admitFiles'],
    ]);
    expect(waitedMs).toBe(11_000);
    expect(inputs.get('startLook')?.map((input) => (input as { nth: number }).nth)).toEqual([1, 2]);
    expect(result).toMatchObject({ files: [kept('a.csv')], problems: [] });
  });

  test('looks again at a server that is away for a moment, in a new run of the pipeline, after a pause', () => {
    const away = problem('SOURCE_UNREACHABLE', 's', 'refused.', 'Wait.', true);
    const { result, inputs, waitedMs } = found('sftp', {
      startLook: () => external,
      readLook: (_: unknown, nth: number) =>
        nth === 0 ? { kind: 'failed', problem: away } : { kind: 'listed', files: [] },
      sightFiles: () => sighted,
    });
    expect(inputs.get('startLook')).toMatchObject([
      { nth: 1, attempt: 1 },
      { nth: 1, attempt: 2 },
    ]);
    expect([result, waitedMs]).toMatchObject([{ kind: 'found' }, 5000]);
  });

  test('leaves a file that has long to rest to another run, and says so', () => {
    const { result, calls, waitedMs } = found('blob', {
      listLanding: () => ({ kind: 'listed', files: [listed('a.csv')] }),
      sightFiles: () => ({ ...sighted, restSeconds: 3600, problems: [unstable] }),
    });
    expect([calls, waitedMs]).toEqual([['listLanding', 'sightFiles'], 0]);
    expect(result).toMatchObject({ kind: 'found', files: [], problems: [unstable] });
  });

  test('goes on with the files that came when others did not', () => {
    const { result } = found('sftp', {
      ...admit,
      startLook: () => external,
      readLook: () => ({ kind: 'listed', files: [listed('a.csv'), listed('b.csv')] }),
      sightFiles: () => ({ ...sighted, ready: [listed('a.csv'), listed('b.csv')] }),
      startFetch: () => external,
      readFetch: () => ({ kind: 'fetched', files: [listed('b.csv')], problems: [unstable] }),
    });
    expect(result).toMatchObject({ files: [kept('b.csv')], problems: [unstable] });
  });

  test('admits many files a few at a time', () => {
    const ready = Array.from({ length: 45 }, (_, at) => listed(`${at}.csv`));
    const { inputs } = found('blob', {
      ...admit,
      listLanding: () => ({ kind: 'listed', files: ready }),
      sightFiles: () => ({ ...sighted, ready }),
    });
    expect(inputs.get('admitFiles')?.map((input) => (input as { files: [] }).files.length)).toEqual([20, 20, 5]);
  });
});
