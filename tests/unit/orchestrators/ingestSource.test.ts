import { describe, expect, test } from 'vitest';
import { ingestSource } from '../../../orchestrators/ingestSource';
import type { InputFile, Window } from '../../../shared/contracts/window';
import { asText, problem } from '../../../shared/problem';
import { NO_ROWS } from '../../../shared/windows/account';
import { aTask } from '../../support/activities';
import { play, type World } from '../../support/play';
import { aWindow } from '../../support/windows';

const task = aTask({ catalog: '3', pace: { first: 5, longest: 60 } });
const lease = { source: 'users', holder: task.run, fence: '1' };
const external = { external: 'x-1', started: '2026-01-01T00:00:00.000Z' };
const account = { counted: '10', read: '10', landed: '10', rejected: '0' };
const planned = aWindow();
const landed = aWindow({ state: 'landed', upper: '2026-01-01 00:00:00.000000', account, manifest: 'm' });
const outcome = { ...NO_ROWS, merged: '10', inserted: '7', updated: '3' };
const transient = problem('SOURCE_UNREACHABLE', 'users', 'refused.', 'Wait.', true);
const permanent = problem('SOURCE_ACCESS', 'users', 'access denied.', 'Mend the password.');

const happy: World = {
  takeLease: () => ({ kind: 'held', lease }),
  planWindow: () => ({ kind: 'ready', window: planned }),
  startCopy: () => external,
  readCopy: () => ({ kind: 'copied', upper: landed.upper, account, columns: [], sometimes: [], logs: [] }),
  landWindow: () => ({ kind: 'landed', window: landed, problems: [] }),
  startApply: () => external,
  readApply: () => ({ kind: 'applied', outcome, byFile: [] }),
  commitWindow: () => ({
    source: 'users',
    cursor: landed.upper,
    window: '1',
    run: task.run,
    committed: external.started,
  }),
  releaseLease: () => null,
};

describe('ingestSource', () => {
  test('takes one window from the lease to the commit and reports its rows', () => {
    const { result, calls } = play(ingestSource, task, happy);
    expect(calls).toEqual([
      'takeLease',
      'planWindow',
      'startCopy',
      'readCopy',
      'landWindow',
      'startApply',
      'readApply',
      'commitWindow',
      'releaseLease',
    ]);
    expect(result).toMatchObject({
      outcome: 'committed',
      read: '10',
      inserted: '7',
      updated: '3',
      upper: landed.upper,
    });
  });

  test('waits for a running copy with growing pauses instead of blocking', () => {
    const slow = (_: unknown, nth: number) =>
      nth < 3 ? { kind: 'running' } : { kind: 'copied', upper: null, account, columns: [], sometimes: [], logs: [] };
    const { calls, waitedMs } = play(ingestSource, task, { ...happy, readCopy: slow });
    expect(calls.filter((name) => name === 'readCopy')).toHaveLength(4);
    // 5, 7.5 and 11.25 s, each to the next beat of five seconds.
    expect(waitedMs).toBe((5 + 10 + 15) * 1000);
  });

  test('looks at once when the copy calls back, and soon again while it still runs', () => {
    const slow = (_: unknown, nth: number) =>
      nth < 3 ? { kind: 'running' } : { kind: 'copied', upper: null, account, columns: [], sometimes: [], logs: [] };
    const called = { [`ended:${external.external}`]: (_: unknown, nth: number) => nth === 1 };
    const { calls, waitedMs } = play(ingestSource, task, { ...happy, ...called, readCopy: slow });
    expect(calls.filter((name) => name === 'readCopy')).toHaveLength(4);
    // 5 s, none, 5 s.
    expect(waitedMs).toBe(10_000);
  });

  test('commits an empty window without any Spark job and says that nothing is new', () => {
    const empty = aWindow({ state: 'landed', account: { counted: '0', read: '0', landed: '0', rejected: '0' } });
    const { result, calls } = play(ingestSource, task, {
      ...happy,
      landWindow: () => ({ kind: 'landed', window: empty, problems: [] }),
    });
    expect(calls).not.toContain('startApply');
    expect(calls).toContain('commitWindow');
    expect(result.outcome).toBe('nothing-new');
  });

  test('empties a table of which every window is the whole, but not by a window that is only a piece', () => {
    const none = { counted: '0', read: '0', landed: '0', rejected: '0' };
    const emptied = (mode: Window['mode'], before?: Window) =>
      play(ingestSource, aTask({ ...task, replaces: true }), {
        ...happy,
        ...(before && { planWindow: () => ({ kind: 'ready', window: before }) }),
        landWindow: () => ({ kind: 'landed', window: aWindow({ state: 'landed', mode, account: none }), problems: [] }),
        readApply: () => ({ kind: 'applied', outcome: NO_ROWS, byFile: [] }),
      });
    const { calls, result } = emptied('snapshot');
    expect(calls).toContain('startApply');
    expect(result.outcome, 'gold hears of it').toBe('committed');
    const before = aWindow({ state: 'applied', account: none, outcome: NO_ROWS });
    expect(emptied('snapshot', before).result.outcome, 'also when the run that emptied it died').toBe('committed');
    const piece = emptied('incremental');
    expect(piece.calls).not.toContain('startApply');
    expect(piece.result.outcome).toBe('nothing-new');
  });

  test('gives a copy that failed for a passing reason a new attempt', () => {
    const flaky = (_: unknown, nth: number) =>
      nth === 0 ? { kind: 'failed', problem: transient } : happy['readCopy']?.(undefined as never, 0);
    const { result, calls } = play(ingestSource, task, { ...happy, readCopy: flaky });
    expect(calls.filter((name) => name === 'planWindow')).toHaveLength(2);
    expect(calls.filter((name) => name === 'startCopy')).toHaveLength(2);
    expect(result.outcome).toBe('committed');
  });

  test('stops at a permanent failure at once, releases the lease and keeps the problem', () => {
    const { result, calls } = play(ingestSource, task, {
      ...happy,
      readCopy: () => ({ kind: 'failed', problem: permanent }),
    });
    expect(calls).toEqual(['takeLease', 'planWindow', 'startCopy', 'readCopy', 'releaseLease']);
    expect(result).toMatchObject({ outcome: 'failed', problems: [permanent] });
  });

  test('gives up after its attempts', () => {
    const { calls } = play(ingestSource, task, { ...happy, readCopy: () => ({ kind: 'failed', problem: transient }) });
    expect(calls.filter((name) => name === 'startCopy')).toHaveLength(3);
  });

  test('never commits a window whose merge failed', () => {
    const failed = () => ({ kind: 'failed', problem: problem('NOTEBOOK_FAILED', 'users', 'no.', 'Look.') });
    const { result, calls } = play(ingestSource, task, { ...happy, readApply: failed });
    expect(calls).not.toContain('commitWindow');
    expect(calls).toContain('releaseLease');
    expect(result.outcome).toBe('failed');
  });

  test('starts a merge anew under another attempt when the cluster was lost', () => {
    const lost = problem('NOTEBOOK_FAILED', 'users', 'driver lost.', 'Nothing to do.', true);
    const flaky = (_: unknown, nth: number) =>
      nth === 0 ? { kind: 'failed', problem: lost } : happy['readApply']?.(undefined as never, 0);
    const { inputs, result } = play(ingestSource, task, { ...happy, readApply: flaky });
    expect(inputs.get('startApply')).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
    expect(result.outcome).toBe('committed');
  });

  test('goes on from a window that had landed before, without copying it again', () => {
    const { calls, result } = play(ingestSource, task, {
      ...happy,
      planWindow: () => ({ kind: 'ready', window: landed }),
    });
    expect(calls).not.toContain('startCopy');
    expect(calls).not.toContain('landWindow');
    expect(result.outcome).toBe('committed');
  });

  test('turns an activity that failed for good into its report, with the problem that it carried', () => {
    const throws = () => {
      throw new Error(asText(transient));
    };
    const { result, calls } = play(ingestSource, task, { ...happy, planWindow: throws });
    expect(result).toMatchObject({ outcome: 'failed', problems: [transient] });
    expect(calls).toContain('releaseLease');
  });

  test('stops at once where another attempt could not help, and gives the lease back', () => {
    const cancelled = problem('RUN_CANCELLED', 'users', 'ann cancelled the run: too slow.', 'Run it again.');
    const { result, calls } = play(ingestSource, task, { ...happy, startApply: () => ({ refused: cancelled }) });
    expect(calls.slice(-2)).toEqual(['startApply', 'releaseLease']);
    expect(result).toMatchObject({ outcome: 'cancelled', problems: [cancelled] });
  });

  test('waits in line while another run holds the lease', () => {
    const held = (_: unknown, nth: number) =>
      nth < 2 ? { kind: 'running', wait: external, seconds: null } : { kind: 'held', lease };
    const { calls, inputs, result } = play(ingestSource, task, { ...happy, takeLease: held });
    expect(calls.filter((name) => name === 'takeLease')).toHaveLength(3);
    expect(inputs.get('takeLease')).toEqual([null, external, external].map((wait) => ({ task, wait })));
    expect(result.outcome).toBe('committed');
  });

  test('asks again when it is told to, not when its own patience says so', () => {
    const resting = (_: unknown, nth: number) =>
      nth < 1 ? { kind: 'running', wait: external, seconds: 30 } : { kind: 'held', lease };
    const { waitedMs } = play(ingestSource, task, { ...happy, takeLease: resting });
    expect(waitedMs).toBe(30_000);
  });

  test.each(['skipped', 'joined'] as const)('a source that is %s is left to the run that is named', (outcome) => {
    const other = '20260101T000000-0000beef';
    const gaveWay = () => ({ kind: 'gave-way', outcome, to: other });
    const { calls, result } = play(ingestSource, task, { ...happy, takeLease: gaveWay });
    expect(calls).toEqual(['takeLease']);
    expect(result).toMatchObject({ outcome, met: other, problems: [] });
  });

  test('tells a person who does not want to wait at once that a source is busy', () => {
    const busy = problem('SOURCE_BUSY', 'users', 'run other.', 'Wait.');
    const { result, calls } = play(ingestSource, aTask({ ...task, byHand: true, whenBusy: 'refuse' }), {
      ...happy,
      takeLease: () => ({ kind: 'busy', problem: busy }),
    });
    expect(calls).toEqual(['takeLease']);
    expect(result).toMatchObject({ outcome: 'busy', problems: [busy] });
  });

  describe('with a long history', () => {
    const reading = (readPoint: string, complete: boolean, guarantee: 'read-point' | 'lag' = 'read-point') => ({
      guarantee,
      readPoint,
      complete,
      from: null,
      withoutCursor: '0',
      ahead: false,
      sighting: null,
    });
    const piece = (number: string, rest: Partial<Window> = {}) => ({ ...landed, number, ...rest });
    const history = (pieces: Window[], first: Window = planned): World => ({
      ...happy,
      planWindow: (input: { until: string | null }, nth: number) => ({
        kind: 'ready',
        window:
          nth === 0 ? first : aWindow({ number: String(nth + 1), upper: input.until, follows: input.until !== null }),
      }),
      landWindow: (_: unknown, nth: number) => ({ kind: 'landed', window: pieces[nth], problems: [] }),
    });

    test('reads window after window, each to its commit, until the read point of its start', () => {
      const { result, calls, inputs } = play(
        ingestSource,
        task,
        history([
          piece('1', { lower: null, upper: 'b', reading: reading('z', false) }),
          piece('2', { lower: 'b', upper: 'c', reading: reading('zz', false) }),
          piece('3', { lower: 'c', upper: 'z', reading: reading('zzz', true, 'lag') }),
        ]),
      );
      expect(calls.filter((name) => name === 'commitWindow')).toHaveLength(3);
      expect(inputs.get('planWindow')?.map((input) => (input as { until: unknown }).until)).toEqual([null, 'z', 'z']);
      expect(result).toMatchObject({
        outcome: 'committed',
        windows: '3',
        window: '3',
        lower: null,
        upper: 'z',
        read: '30',
        inserted: '21',
        guarantee: 'lag',
      });
    });

    test('keeps what is committed when a later window fails', () => {
      const failing = history([piece('1', { reading: reading('z', false) })]);
      const readCopy = (_: unknown, nth: number) =>
        nth === 0 ? happy['readCopy']?.(undefined as never, 0) : { kind: 'failed', problem: permanent };
      const { result, calls } = play(ingestSource, task, { ...failing, readCopy });
      expect(calls.filter((name) => name === 'commitWindow')).toHaveLength(1);
      expect(result).toMatchObject({ outcome: 'failed', windows: '1', read: '10', problems: [permanent] });
    });

    test('goes on to its own read point after a window that an older run had landed', () => {
      const older = piece('1', { upper: 'b', reading: reading('b', true) });
      const { calls } = play(ingestSource, task, history([piece('2', { reading: reading('z', true) })], older));
      expect(calls.filter((name) => name === 'commitWindow')).toHaveLength(2);
    });

    test('goes on to its own read point after a window that was parked with its bounds', () => {
      const pieces = [
        piece('1', { upper: 'b', reading: reading('c', true) }),
        piece('2', { reading: reading('z', true) }),
      ];
      const { calls } = play(ingestSource, task, history(pieces, aWindow({ upper: 'b' })));
      expect(calls.filter((name) => name === 'commitWindow')).toHaveLength(2);
    });
  });

  describe('with files', () => {
    const [a, b] = ['a', 'b'].map((sha) => ({
      path: `_raw/countries/${sha}`,
      name: `${sha}.csv`,
      bytes: '1',
      sha256: sha.repeat(64),
    })) as [InputFile, InputFile];
    const window = (number: string, files: InputFile[], rest: Partial<Window> = {}) =>
      aWindow({ source: 'countries', mode: 'files', number, files, ...rest });
    const blob = aTask({ ...task, source: 'countries', kind: 'blob' });
    const world = (found: InputFile[], first: Window, ended: Partial<World> = {}): World => ({
      ...happy,
      listLanding: () => ({ kind: 'listed', files: [] }),
      sightFiles: () => ({ ready: [listedFile], companions: [], gone: [], restSeconds: 0, problems: [] }),
      admitFiles: () => ({ files: found, problems: [] }),
      planWindow: ({ files }: { files: InputFile[] }, nth: number) => ({
        kind: 'ready',
        window: nth === 0 ? first : window('4', files),
      }),
      landWindow: ({ window: copied }: { window: Window }) => ({
        kind: 'landed',
        window: { ...copied, state: 'landed', account },
        problems: [],
      }),
      ...ended,
    });
    const listedFile = { name: 'x', bytes: '1', modified: '2026-01-01T00:00:00Z', etag: '' };
    const plannedOf = (inputs: ReadonlyMap<string, readonly unknown[]>) =>
      inputs.get('planWindow')?.map((input) => (input as { files: InputFile[] }).files);

    test.each([
      ['had landed before they came', window('3', [a], { state: 'landed', account }), [b]],
      ['has no room for them', window('3', [a]), [a, b]],
    ])('goes on to those that it found, without another look, behind a window that %s', (_why, first, found) => {
      const { result, calls, inputs } = play(ingestSource, blob, world(found, first));
      expect(plannedOf(inputs)).toEqual([found, [b]]);
      expect(calls.filter((name) => name === 'listLanding')).toHaveLength(1);
      expect(result).toMatchObject({ outcome: 'committed', windows: '2', window: '4' });
    });

    test('goes on to those that an earlier attempt, whose manifest it follows, did not copy', () => {
      const landWindow = ({ window: copied }: { window: Window }, nth: number) => ({
        kind: 'landed',
        window: { ...copied, state: 'landed', account, ...(nth === 0 && { files: [a] }) },
        problems: [],
      });
      const { inputs } = play(ingestSource, blob, world([b], window('3', [a, b]), { landWindow }));
      expect(plannedOf(inputs)).toEqual([[b], [b]]);
    });

    test('goes on to the others when all files of a window were refused, and says that they were', () => {
      const why = problem('SOURCE_FILE_REFUSED', 'countries', 'a.csv: no.', 'Ask.');
      const readCopy = (_: unknown, nth: number) =>
        nth === 0
          ? { kind: 'unreadable', files: [{ sha256: a.sha256, problem: why }], problem: why }
          : happy['readCopy']?.(undefined as never, nth);
      const planWindow = ({ files, without }: { files: InputFile[]; without: string[] }, nth: number) =>
        nth === 1 && without.length > 0
          ? { kind: 'nothing-new' }
          : { kind: 'ready', window: nth === 0 ? window('3', [a]) : window('3', files, { attempt: '3' }) };
      const refuseFiles = () => ({ problems: [why] });
      const { inputs, result } = play(
        ingestSource,
        blob,
        world([b], window('3', [a]), { readCopy, planWindow, refuseFiles }),
      );
      expect(plannedOf(inputs)).toEqual([[b], [], [b]]);
      expect(result).toMatchObject({ outcome: 'committed', problems: [why] });
    });

    test('ends behind a window that holds all that it found', () => {
      const { calls } = play(ingestSource, blob, world([a, { ...a, name: 'twin.csv' }], window('3', [a])));
      expect(calls.filter((name) => name === 'planWindow')).toHaveLength(1);
    });
  });
});
