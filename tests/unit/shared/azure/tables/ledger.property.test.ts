import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tableLedger } from '../../../../../shared/azure/tables/ledger';
import type { Change, Table } from '../../../../../shared/azure/tables/table';
import type { Lease } from '../../../../../shared/contracts/window';
import { ConflictError, LeaseLostError, TransientError } from '../../../../../shared/errors';
import { fakeTable } from '../../../../fakes/table';
import { hashOf, inputFiles, plannedWindow, RUN_A, RUN_B } from '../../../../support/ledgerWindows';

const SOURCE = 'users';

/** A step of one of two runs that both believe the source to be theirs. */
type Step =
  | { do: 'take' | 'renew' | 'release' | 'plan' | 'land' | 'apply' | 'commit' | 'park' | 'forward' }
  | { do: 'wait'; seconds: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Step>({ do: 'take' }) },
  { weight: 8, arbitrary: fc.constantFrom<Step>({ do: 'forward' }, { do: 'plan' }) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('renew', 'release', 'land', 'apply', 'commit', 'park')
      .map((name): Step => ({ do: name })),
  },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 90 }).map((seconds): Step => ({ do: 'wait', seconds })) },
);

/** What happens to one write: it comes through, never arrives, or arrives and its answer is lost. */
const fate = fc.constantFrom<'fine' | 'fine' | 'fine' | 'unsent' | 'unanswered'>(
  'fine',
  'fine',
  'fine',
  'unsent',
  'unanswered',
);

class Cut extends Error {}

/** Watches every transaction that went through: what is once committed stays, and only rises. */
function witness() {
  let fence = 0n;
  let watermark = 0n;
  const committed = new Map<string, string>();
  return {
    committed,
    see(changes: readonly Change[]) {
      const values = (key: RegExp) => changes.flatMap((c) => ('values' in c && key.test(c.key) ? [c.values] : []));
      const [lease] = values(/^lease$/);
      expect(lease, 'every write carries the lease').toBeDefined();
      expect(BigInt(lease?.['fence'] ?? '0'), 'no lower fence writes').toBeGreaterThanOrEqual(fence);
      fence = BigInt(lease?.['fence'] ?? '0');
      for (const { number = '', state, json00 = '' } of values(/^window:/)) {
        expect(committed.has(number), `window ${number} was committed before`).toBe(false);
        if (state !== 'committed') continue;
        committed.set(number, json00);
        const [mark] = values(/^watermark$/);
        expect(JSON.parse(mark?.['json00'] ?? '{}').window, 'the watermark moves with its window').toBe(number);
        expect(BigInt(number), 'the watermark rises').toBeGreaterThan(watermark);
        watermark = BigInt(number);
      }
      if (values(/^watermark$/).length > 0) expect(values(/^window:/)).toMatchObject([{ state: 'committed' }]);
    },
  };
}

function stage(scheduler: fc.Scheduler, fates: readonly string[]) {
  const inner = fakeTable();
  const seen = witness();
  let nth = 0;
  const table: Table = {
    get: scheduler.scheduleFunction((p: string, k: string) => inner.get(p, k)),
    range: scheduler.scheduleFunction((p: string, f: string, b: string, l: number) => inner.range(p, f, b, l)),
    change: scheduler.scheduleFunction(async (partition: string, changes: readonly Change[]) => {
      const fated = fates[nth++ % fates.length];
      if (fated === 'unsent') throw new Cut();
      const made = await inner.change(partition, changes);
      if (made) seen.see(changes);
      if (fated === 'unanswered') throw new Cut();
      return made;
    }),
  };
  return { table, inner, seen };
}

/** Plays a run: a cut step is simply made again, as a durable retry does; a lost lease or a conflict is an answer. */
async function play(run: string, steps: readonly Step[], table: Table, time: { at: number }) {
  const ledger = tableLedger(table, () => new Date(time.at));
  let lease: Lease = { source: SOURCE, holder: run, fence: '0' };
  const stubborn = async (make: () => Promise<unknown>) => {
    for (let tries = 0; tries < 40; tries += 1) {
      try {
        return await make();
      } catch (error) {
        if (error instanceof LeaseLostError || error instanceof ConflictError) return;
        if (!(error instanceof Cut) && !(error instanceof TransientError)) throw error;
      }
    }
  };
  const next = async () => {
    const [open, mark] = [await ledger.open(SOURCE), await ledger.watermark(SOURCE)];
    const number = String(BigInt(mark?.window ?? '0') + 1n);
    const fresh = plannedWindow({ number, run, files: inputFiles(Number(number) * 10, 2) });
    return open ? { ...open, run } : fresh;
  };
  const named = (name: Step['do'], window: Awaited<ReturnType<typeof next>>): Promise<unknown> => {
    const { state } = window;
    const why = { code: 'SCHEMA_REMOVED', where: SOURCE, why: '', next: '', transient: false } as const;
    if (name === 'plan') {
      const attempt = String(BigInt(window.attempt) + 1n);
      return ledger.plan(lease, { ...window, state: 'planned', attempt, problem: null });
    }
    if (name === 'park') return ledger.park(lease, window, why);
    if (name === 'land') return ledger.advance(lease, { ...window, state: 'landed' });
    if (name === 'apply') return ledger.advance(lease, { ...window, state: 'applied' });
    if (name === 'commit' || state === 'applied') return ledger.commit(lease, window);
    if (state === 'planned') return ledger.advance(lease, { ...window, state: 'landed' });
    return ledger.advance(lease, { ...window, state: 'applied' });
  };
  for (const one of steps) {
    if (one.do === 'wait') time.at += one.seconds * 1000;
    else if (one.do === 'renew') await stubborn(() => ledger.renew(lease, 60));
    else if (one.do === 'release') await stubborn(() => ledger.release(lease));
    else if (one.do === 'take') {
      const taken = (await stubborn(() => ledger.acquire(SOURCE, run, 60))) as { lease?: Lease } | undefined;
      if (taken?.lease) lease = taken.lease;
    } else {
      const window = await next();
      await stubborn(() => named(one.do, window));
    }
  }
}

describe('ledger under two runs, cuts and expired leases', () => {
  test('no window is committed twice, the watermark only rises, and a lower fence never writes', async () => {
    let commits = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(step, { minLength: 6, maxLength: 30 }),
        fc.array(step, { minLength: 6, maxLength: 30 }),
        fc.array(fate, { minLength: 5, maxLength: 25 }).filter((all) => all.includes('fine')),
        async (scheduler, stepsA, stepsB, fates) => {
          const { table, inner, seen } = stage(scheduler, fates);
          const time = { at: Date.parse('2026-11-22T18:15:00Z') };
          const both = Promise.all([play(RUN_A, stepsA, table, time), play(RUN_B, stepsB, table, time)]);
          await scheduler.waitFor(both);

          const ledger = tableLedger(inner, () => new Date(time.at));
          const windows = await ledger.windows(SOURCE, 1000);
          const stored = windows.filter(({ state }) => state === 'committed').map(({ number }) => number);
          expect(stored.sort()).toEqual([...seen.committed.keys()].sort());
          expect(windows.length - stored.length, 'at most one window is open').toBeLessThanOrEqual(1);
          const watermark = await ledger.watermark(SOURCE);
          const highest = stored.map(Number).sort((a, b) => b - a)[0] ?? 0;
          expect(Number(watermark?.window ?? '0')).toBe(highest);
          const hashes = windows.flatMap(({ files }) => files.map(({ sha256 }) => sha256));
          const kept = windows.flatMap(({ state, files }) => (state === 'committed' ? files : []));
          expect([...(await ledger.known(SOURCE, [...hashes, hashOf(1)])).keys()].sort()).toEqual(
            kept.map(({ sha256 }) => sha256).sort(),
          );
          commits += stored.length;
        },
      ),
      { numRuns: 120 },
    );
    expect(commits, 'the histories reach commits at all').toBeGreaterThan(5);
  }, 60_000);
});
