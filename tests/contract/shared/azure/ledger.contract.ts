import { describe, expect, test } from 'vitest';
import type { Lease, Window } from '../../../../shared/contracts/window';
import { ConflictError, LeaseLostError } from '../../../../shared/errors';
import type { Ledger } from '../../../../shared/ports/ledger';
import { problem } from '../../../../shared/problem';
import { hashOf, inputFiles, plannedWindow, RUN_A, RUN_B } from '../../../support/ledgerWindows';
import { type Clock, clock } from './clock';

const NO_COLUMN = problem('SCHEMA_REMOVED', 'users', 'Column country is gone.', 'Change the catalog.');

let nth = 0;
const freshSource = (): string => `source${Date.now()}${nth++}`;

/** What every ledger promises; `make` answers a ledger over empty or shared storage, with the given clock. */
export function ledgerContract(make: (time: Clock) => Ledger | Promise<Ledger>): void {
  const scene = async () => {
    const time = clock();
    const ledger = await make(time);
    const source = freshSource();
    const taken = await ledger.acquire(source, RUN_A, 60);
    if (taken.kind !== 'held') throw new Error('a fresh source is busy');
    const window = (over: Partial<Window> = {}): Window => plannedWindow({ source, ...over });
    return { time, ledger, source, lease: taken.lease, window };
  };
  const through = async (ledger: Ledger, lease: Lease, window: Window) => {
    await ledger.plan(lease, window);
    await ledger.advance(lease, { ...window, state: 'landed' });
    await ledger.advance(lease, { ...window, state: 'applied' });
    return ledger.commit(lease, { ...window, state: 'applied' });
  };

  describe('lease', () => {
    test('the first holder gets fence 1 and a second one hears who is at it', async () => {
      const { ledger, source, lease } = await scene();
      expect(lease).toEqual({ source, holder: RUN_A, fence: '1' });
      expect(await ledger.acquire(source, RUN_B, 60)).toEqual({ kind: 'busy', holder: RUN_A });
    });

    test('the same run gets its own lease again, and longer', async () => {
      const { time, ledger, source, lease } = await scene();
      time.pass(50);
      expect(await ledger.acquire(source, RUN_A, 60)).toEqual({ kind: 'held', lease });
      time.pass(50);
      expect(await ledger.acquire(source, RUN_B, 60)).toMatchObject({ kind: 'busy' });
    });

    test('a lease that ran out is taken over under a higher fence, and its old holder is refused', async () => {
      const { time, ledger, source, lease, window } = await scene();
      time.pass(60);
      expect(await ledger.acquire(source, RUN_B, 60)).toEqual({
        kind: 'held',
        lease: { source, holder: RUN_B, fence: '2' },
      });
      await expect(ledger.plan(lease, window())).rejects.toBeInstanceOf(LeaseLostError);
      await expect(ledger.renew(lease, 60)).rejects.toBeInstanceOf(LeaseLostError);
      expect(await ledger.windows(source, 10)).toEqual([]);
    });

    test('a lease that ran out but was not taken over still writes', async () => {
      const { time, ledger, lease, window } = await scene();
      time.pass(3600);
      expect(await ledger.plan(lease, window())).toMatchObject({ state: 'planned' });
    });

    test('the holder is named until the lease runs out or is released', async () => {
      const { time, ledger, source, lease } = await scene();
      expect(await ledger.holder(source)).toBe(RUN_A);
      time.pass(60);
      expect(await ledger.holder(source)).toBeNull();
      await ledger.renew(lease, 60);
      expect(await ledger.holder(source)).toBe(RUN_A);
      await ledger.release(lease);
      expect(await ledger.holder(source)).toBeNull();
      expect(await ledger.holder(freshSource())).toBeNull();
    });

    test('renewing keeps others out past the first term', async () => {
      const { time, ledger, source, lease } = await scene();
      time.pass(50);
      await ledger.renew(lease, 60);
      time.pass(50);
      expect(await ledger.acquire(source, RUN_B, 60)).toMatchObject({ kind: 'busy' });
    });

    test('a released lease is free at once, and releasing it twice harms nobody', async () => {
      const { ledger, source, lease, window } = await scene();
      await ledger.release(lease);
      const next = await ledger.acquire(source, RUN_B, 60);
      expect(next).toMatchObject({ kind: 'held', lease: { fence: '2' } });
      await ledger.release(lease);
      expect(await ledger.acquire(source, RUN_A, 60)).toEqual({ kind: 'busy', holder: RUN_B });
      await expect(ledger.plan(lease, window())).rejects.toBeInstanceOf(LeaseLostError);
    });

    test('a lease of the same run from before another held it is refused', async () => {
      const { time, ledger, source, lease, window } = await scene();
      time.pass(60);
      const other = await ledger.acquire(source, RUN_B, 60);
      if (other.kind === 'held') await ledger.release(other.lease);
      expect(await ledger.acquire(source, RUN_A, 60)).toMatchObject({ kind: 'held', lease: { fence: '3' } });
      await expect(ledger.plan(lease, window())).rejects.toBeInstanceOf(LeaseLostError);
    });

    test('of two that ask at once exactly one holds', async () => {
      const { ledger } = await scene();
      const source = freshSource();
      const answers = await Promise.all([RUN_A, RUN_B].map((run) => ledger.acquire(source, run, 60)));
      expect(answers.map(({ kind }) => kind).sort()).toEqual(['busy', 'held']);
    });
  });

  describe('line', () => {
    const RUN_C = '20261122T181502-cccccccc';

    test('has one place: the first that comes waits, everybody else joins it and is counted', async () => {
      const { time, ledger, source } = await scene();
      const mine = await ledger.queue(source, RUN_B, 60);
      expect(mine).toMatchObject({ run: RUN_B, joined: '0' });
      time.pass(10);
      const joined = await ledger.queue(source, RUN_C, 60);
      expect(joined).toMatchObject({ run: RUN_B, since: mine.since, joined: '1' });
      expect(Date.parse(joined.last) - Date.parse(mine.last)).toBe(10_000);
      expect(await ledger.waiting(source)).toEqual(joined);
    });

    test('is kept by asking again, and lost by silence', async () => {
      const { time, ledger, source } = await scene();
      await ledger.queue(source, RUN_B, 60);
      time.pass(50);
      expect(await ledger.queue(source, RUN_B, 60), 'asking is no trigger').toMatchObject({ run: RUN_B, joined: '0' });
      time.pass(50);
      expect(await ledger.queue(source, RUN_C, 60)).toMatchObject({ run: RUN_B });
      time.pass(60);
      expect(await ledger.waiting(source)).toBeNull();
      expect(await ledger.queue(source, RUN_C, 60)).toMatchObject({ run: RUN_C, joined: '0' });
    });

    test('is left with the lease: nobody joins a run that is at work', async () => {
      const { ledger, source, lease } = await scene();
      await ledger.queue(source, RUN_B, 60);
      expect(await ledger.acquire(source, RUN_B, 60)).toMatchObject({ kind: 'busy' });
      expect(await ledger.waiting(source)).toMatchObject({ run: RUN_B });
      await ledger.release(lease);
      expect(await ledger.acquire(source, RUN_B, 60)).toMatchObject({ kind: 'held' });
      expect(await ledger.waiting(source)).toBeNull();
      expect(await ledger.queue(source, RUN_C, 60)).toMatchObject({ run: RUN_C });
    });

    test('is no way past the lease, and no bar to who does not queue', async () => {
      const { ledger, source, lease } = await scene();
      await ledger.queue(source, RUN_B, 60);
      await ledger.release(lease);
      expect(await ledger.acquire(source, RUN_C, 60)).toMatchObject({ kind: 'held', lease: { holder: RUN_C } });
      expect(await ledger.waiting(source)).toMatchObject({ run: RUN_B });
    });

    test('is given up by its run alone', async () => {
      const { ledger, source } = await scene();
      await ledger.queue(source, RUN_B, 60);
      await ledger.leave(source, RUN_C);
      expect(await ledger.waiting(source)).toMatchObject({ run: RUN_B });
      await ledger.leave(source, RUN_B);
      await ledger.leave(source, RUN_B);
      expect(await ledger.waiting(source)).toBeNull();
    });

    test('of many that come at once one waits and all others join it', async () => {
      const { ledger, source } = await scene();
      const places = await Promise.all([RUN_A, RUN_B, RUN_C].map((run) => ledger.queue(source, run, 60)));
      expect(new Set(places.map(({ run }) => run)).size).toBe(1);
      expect(await ledger.waiting(source)).toMatchObject({ joined: '2' });
    });

    test('is empty where nobody ever waited', async () => {
      const { ledger } = await scene();
      expect(await ledger.waiting(freshSource())).toBeNull();
    });
  });

  test('changes beside the windows are counted for each source, and told in its history, also when two come at once', async () => {
    const { ledger, source, lease, window } = await scene();
    expect(await ledger.asides(source)).toBe('0');
    const watermark = await through(ledger, lease, window());
    await Promise.all([ledger.noteAside(source, RUN_B, '7 rows'), ledger.noteAside(source, RUN_A, '8 rows')]);
    expect(await ledger.asides(source)).toBe('2');
    expect(await ledger.watermark(source)).toEqual(watermark);
    const told = (await ledger.history(source, 10)).map(({ what, run, detail }) => `${what} ${run} ${detail}`);
    expect(told).toEqual(expect.arrayContaining([`changed ${RUN_B} 7 rows`, `changed ${RUN_A} 8 rows`]));
    expect(await ledger.asides(freshSource())).toBe('0');
  });

  describe('windows', () => {
    test('a source without history has no watermark, no open window and no entry', async () => {
      const { ledger, source } = await scene();
      expect(await ledger.watermark(source)).toBeNull();
      expect(await ledger.open(source)).toBeNull();
      expect(await ledger.history(source, 5)).toEqual([]);
    });

    test('a window goes from planned to committed and takes the watermark with it', async () => {
      const { ledger, source, lease, window } = await scene();
      const watermark = await through(ledger, lease, window());
      expect(watermark).toMatchObject({ source, cursor: window().upper, window: '1', run: RUN_A });
      expect(await ledger.watermark(source)).toEqual(watermark);
      expect(await ledger.open(source)).toBeNull();
      expect(await ledger.windows(source, 5)).toMatchObject([{ number: '1', state: 'committed' }]);
      expect(await ledger.window(source, '1')).toMatchObject({ number: '1', state: 'committed' });
      expect(await ledger.window(source, '2')).toBeNull();
      const history = await ledger.history(source, 10);
      expect(history.map(({ what }) => what)).toEqual(['committed', 'applied', 'landed', 'planned']);
    });

    test('what is forgotten of the history is what came before an instant; windows and watermark stay', async () => {
      const { time, ledger, source, lease, window } = await scene();
      await through(ledger, lease, window());
      time.pass(5);
      const between = time.now();
      time.pass(5);
      await through(ledger, lease, window({ number: '2', lower: window().upper, upper: 'later' }));
      const before = await ledger.history(source, 10);
      expect(await ledger.forget(source, between)).toBe(4);
      expect(await ledger.forget(source, between)).toBe(0);
      expect(await ledger.history(source, 10)).toEqual(before.slice(0, 4));
      expect(await ledger.windows(source, 5)).toMatchObject([{ number: '2' }, { number: '1', state: 'committed' }]);
      expect(await ledger.watermark(source)).toMatchObject({ window: '2' });
    });

    test('every step can be repeated and changes nothing the second time', async () => {
      const { time, ledger, source, lease, window } = await scene();
      const landed = window({ state: 'landed' });
      const applied = window({ state: 'applied' });
      const first = [
        await ledger.plan(lease, window()),
        await ledger.advance(lease, landed),
        await ledger.advance(lease, applied),
        await ledger.commit(lease, applied),
      ];
      time.pass(5);
      const history = await ledger.history(source, 10);
      expect(await ledger.commit(lease, applied)).toEqual(first[3]);
      expect(await ledger.advance(lease, applied)).toMatchObject({ state: 'committed' });
      expect(await ledger.advance(lease, landed)).toMatchObject({ state: 'committed' });
      expect(await ledger.plan(lease, window())).toMatchObject({ state: 'committed' });
      expect(await ledger.history(source, 10)).toEqual(history);
    });

    test('the same attempt planned again keeps the bounds that were stored', async () => {
      const { ledger, lease, window } = await scene();
      await ledger.plan(lease, window());
      expect(await ledger.plan(lease, window({ upper: 'later' }))).toMatchObject({ upper: window().upper });
    });

    test('a new attempt replaces a planned window, and the old attempt is refused', async () => {
      const { ledger, source, lease, window } = await scene();
      await ledger.plan(lease, window());
      await ledger.plan(lease, window({ attempt: '2', upper: 'later' }));
      expect(await ledger.open(source)).toMatchObject({ attempt: '2', upper: 'later' });
      await expect(ledger.plan(lease, window())).rejects.toBeInstanceOf(ConflictError);
      await expect(ledger.park(lease, window(), NO_COLUMN)).rejects.toBeInstanceOf(ConflictError);
    });

    test('an attempt that was never planned does not land, and an earlier one whose manifest stands does', async () => {
      const { ledger, lease, window } = await scene();
      await ledger.plan(lease, window({ attempt: '2' }));
      const landed = window({ state: 'landed' });
      await expect(ledger.advance(lease, { ...landed, attempt: '3' })).rejects.toBeInstanceOf(ConflictError);
      expect(await ledger.advance(lease, landed)).toMatchObject({ state: 'landed', attempt: '1' });
      expect(await ledger.advance(lease, landed)).toMatchObject({ state: 'landed', attempt: '1' });
      await expect(ledger.commit(lease, { ...landed, attempt: '2' })).rejects.toBeInstanceOf(ConflictError);
    });

    test('what has landed is not planned anew, since silver may hold it', async () => {
      const { ledger, lease, window } = await scene();
      await ledger.plan(lease, window());
      await ledger.advance(lease, window({ state: 'landed' }));
      await expect(ledger.plan(lease, window({ attempt: '2' }))).rejects.toBeInstanceOf(ConflictError);
    });

    test('nothing newer is planned while a window is open', async () => {
      const { ledger, lease, window } = await scene();
      await ledger.plan(lease, window());
      await expect(ledger.plan(lease, window({ number: '2' }))).rejects.toBeInstanceOf(ConflictError);
    });

    test.each(['applied', 'committed'] as const)('a planned window does not skip to %s', async (state) => {
      const { ledger, lease, window } = await scene();
      await ledger.plan(lease, window());
      await expect(ledger.advance(lease, window({ state }))).rejects.toBeInstanceOf(ConflictError);
      await expect(ledger.commit(lease, window({ state }))).rejects.toBeInstanceOf(ConflictError);
    });

    test('a landed window without a row to apply is committed at once', async () => {
      const { ledger, lease, window } = await scene();
      await ledger.plan(lease, window());
      const landed = await ledger.advance(lease, window({ state: 'landed' }));
      expect(await ledger.commit(lease, landed)).toMatchObject({ window: '1' });
    });

    test('a parked window stays in the way until a new attempt takes it up', async () => {
      const { ledger, source, lease, window } = await scene();
      await ledger.plan(lease, window());
      await ledger.park(lease, window(), NO_COLUMN);
      expect(await ledger.park(lease, window(), NO_COLUMN)).toMatchObject({ state: 'parked', problem: NO_COLUMN });
      expect(await ledger.open(source)).toMatchObject({ state: 'parked', problem: NO_COLUMN });
      await expect(ledger.plan(lease, window({ number: '2' }))).rejects.toBeInstanceOf(ConflictError);
      await expect(ledger.commit(lease, window({ state: 'landed' }))).rejects.toBeInstanceOf(ConflictError);
      expect(await ledger.plan(lease, window({ attempt: '2' }))).toMatchObject({ state: 'planned', problem: null });
    });

    test('an applied window is not parked, since its rows are in silver', async () => {
      const { ledger, lease, window } = await scene();
      await ledger.plan(lease, window());
      await ledger.advance(lease, window({ state: 'landed' }));
      await ledger.advance(lease, window({ state: 'applied' }));
      await expect(ledger.park(lease, window(), NO_COLUMN)).rejects.toBeInstanceOf(ConflictError);
    });

    test('the watermark keeps its cursor over a window that has none', async () => {
      const { ledger, lease, window } = await scene();
      await through(ledger, lease, window());
      const watermark = await through(ledger, lease, window({ number: '2', upper: null }));
      expect(watermark).toMatchObject({ window: '2', cursor: window().upper });
    });

    test('windows are listed newest first, past ten', async () => {
      const { ledger, source, lease, window } = await scene();
      for (let number = 1; number <= 11; number += 1) await through(ledger, lease, window({ number: String(number) }));
      const numbers = (await ledger.windows(source, 3)).map(({ number }) => number);
      expect(numbers).toEqual(['11', '10', '9']);
    });

    test('a window is too late once a higher one is committed', async () => {
      const { ledger, lease, window } = await scene();
      await through(ledger, lease, window({ number: '7' }));
      await expect(ledger.plan(lease, window({ number: '6' }))).rejects.toBeInstanceOf(ConflictError);
    });
  });

  describe('reset', () => {
    test('sends the watermark back, numbers on, and is remembered with its reason', async () => {
      const { ledger, source, lease, window } = await scene();
      await through(ledger, lease, window());
      await ledger.release(lease);
      const own = await ledger.acquire(source, RUN_B, 60);
      if (own.kind !== 'held') throw new Error('the lease is taken');
      const back = await ledger.reset(own.lease, 'earlier', 'ann: wrong rows');
      expect(back).toMatchObject({ source, cursor: 'earlier', window: '1', run: RUN_B });
      expect(await ledger.watermark(source)).toEqual(back);
      expect((await ledger.history(source, 1))[0]).toMatchObject({
        what: 'reset',
        run: RUN_B,
        detail: `from ${window().upper} to earlier; ann: wrong rows`,
      });
      const next = window({ number: '2', lower: 'earlier', run: RUN_B });
      expect(await through(ledger, own.lease, next)).toMatchObject({ window: '2', cursor: window().upper });
    });

    test('abandons the open window, which no attempt takes up again', async () => {
      const { ledger, source, lease, window } = await scene();
      await ledger.plan(lease, window());
      await ledger.advance(lease, window({ state: 'landed' }));
      expect(await ledger.reset(lease, null, 'ann: anew')).toMatchObject({ cursor: null, window: '1' });
      expect(await ledger.open(source)).toBeNull();
      expect(await ledger.windows(source, 2)).toMatchObject([{ number: '1', state: 'abandoned' }]);
      for (const move of [
        () => ledger.plan(lease, window({ attempt: '2' })),
        () => ledger.advance(lease, window({ state: 'applied' })),
        () => ledger.commit(lease, window({ state: 'landed' })),
        () => ledger.park(lease, window(), NO_COLUMN),
      ]) {
        await expect(move()).rejects.toBeInstanceOf(ConflictError);
      }
      expect(await ledger.plan(lease, window({ number: '2' }))).toMatchObject({ number: '2', state: 'planned' });
    });

    test('repeated by the same holder it changes nothing, and a lower fence does not reset', async () => {
      const { time, ledger, source, lease, window } = await scene();
      const first = await ledger.reset(lease, 'x', 'ann: once');
      await ledger.plan(lease, window({ lower: 'x' }));
      expect(await ledger.reset(lease, 'x', 'ann: twice')).toEqual(first);
      expect(await ledger.open(source)).toMatchObject({ state: 'planned' });
      time.pass(60);
      await ledger.acquire(source, RUN_B, 60);
      await expect(ledger.reset(lease, 'y', 'ann')).rejects.toBeInstanceOf(LeaseLostError);
    });

    test('files of an abandoned window are as if never read', async () => {
      const { ledger, source, lease, window } = await scene();
      const files = window({ mode: 'files', upper: null, files: inputFiles(1, 1) });
      await ledger.plan(lease, files);
      await ledger.reset(lease, null, 'ann');
      expect(await ledger.known(source, [hashOf(1)])).toEqual(new Map());
    });
  });

  describe('input files', () => {
    test('files are known by content only when their window is committed', async () => {
      const { ledger, source, lease, window } = await scene();
      const files = window({ mode: 'files', upper: null, files: inputFiles(1, 3) });
      await ledger.plan(lease, files);
      expect(await ledger.known(source, [hashOf(1)])).toEqual(new Map());
      await ledger.advance(lease, { ...files, state: 'landed' });
      await ledger.commit(lease, { ...files, state: 'landed' });
      const known = await ledger.known(source, [hashOf(9), hashOf(3), hashOf(1), hashOf(1)]);
      expect([...known]).toEqual([
        [hashOf(3), '1'],
        [hashOf(1), '1'],
      ]);
    });

    test('content that a later window holds again is known by the later one', async () => {
      const { ledger, source, lease, window } = await scene();
      await through(ledger, lease, window({ mode: 'files', upper: null, files: inputFiles(1, 2) }));
      await through(ledger, lease, window({ mode: 'files', upper: null, number: '2', files: inputFiles(2, 2) }));
      const known = await ledger.known(source, [hashOf(1), hashOf(2), hashOf(3)]);
      expect([...known.values()]).toEqual(['1', '2', '2']);
    });

    test('a window of 260 files is committed whole', async () => {
      const { ledger, source, lease, window } = await scene();
      const files = window({ mode: 'files', upper: null, files: inputFiles(1, 260) });
      await through(ledger, lease, files);
      const hashes = files.files.map(({ sha256 }) => sha256);
      expect([...(await ledger.known(source, hashes)).keys()]).toEqual(hashes);
      expect((await ledger.windows(source, 1))[0]?.files).toHaveLength(260);
    });
  });
}
