import type { Problem } from '../../contracts/problem';
import type { Lease, Watermark, Window } from '../../contracts/window';
import { ConflictError } from '../../errors';
import type { Ledger } from '../../ports/ledger';
import { problem } from '../../problem';
import { isClosed } from '../../windows/closed';
import { advanced, committed, type Move, parked, planned, raised } from '../../windows/moves';
import { notesAside } from './aside';
import { eventOf, eventsOf, forgetEvents } from './events';
import { committedInputs, marksOf } from './inputs';
import { leases } from './lease';
import { lines } from './line';
import { patiently } from './patiently';
import { resets } from './reset';
import type { Change, Table } from './table';
import { WATERMARK, watermarkValues, windowKey, windowsOf, windowValues } from './windows';

/** A transaction holds 100 changes; lease, window, watermark and event take four. */
const MARKS = 90;

type Stored = { etag: string; window: Window } | null;

/**
 * The ledger in one table, one partition a source. Every write is one transaction that also rewrites the lease row by
 * its ETag: two writers of a source cannot both come through, and a lower fence never does. A write whose answer was
 * lost finds itself done when it is repeated.
 */
export function tableLedger(table: Table, now: () => Date): Ledger {
  const line = lines(table, now);
  const { acquire, renew, release, holder, check } = leases(table, now, line.out);
  const { watermark, at, newest } = windowsOf(table);

  const write = (stored: Stored, window: Window): Change => {
    const row = { key: windowKey(window.number), values: windowValues(window) };
    return stored?.window.number === window.number
      ? { do: 'replace', etag: stored.etag, ...row }
      : { do: 'insert', ...row };
  };

  /** Reads, decides, and writes only if nothing moved in between. */
  const move = (
    lease: Lease,
    wanted: Window,
    read: () => Promise<Stored>,
    decide: (stored: Window | null) => Move,
    besides: (window: Window) => Promise<Change[]> = async () => [],
  ): Promise<Window> =>
    patiently(lease.source, async () => {
      const { change, sequence } = await check(lease);
      const stored = await read();
      const decision = decide(stored?.window ?? null);
      if (decision.kind === 'refused') throw conflict(lease, wanted, decision.why);
      if (decision.kind === 'done') return decision.window;
      const instant = now();
      const window = { ...decision.window, changed: instant.toISOString() };
      const more = await besides(window);
      const event = eventOf(window, instant, sequence);
      const made = await table.change(lease.source, [change, write(stored, window), event, ...more]);
      return made ? window : null;
    });

  /** Marks of the inputs that go into the commit; the first ones, when they are too many, are written ahead of it. */
  const marks = async (lease: Lease, window: Window): Promise<Change[]> => {
    const hashes = window.files.map(({ sha256 }) => sha256);
    const left = marksOf(window, await committedInputs(table, lease.source, hashes));
    while (left.length > MARKS) {
      const batch = left.splice(0, MARKS);
      await patiently(lease.source, async () => {
        const { change } = await check(lease);
        return (await table.change(lease.source, [change, ...batch])) || null;
      });
    }
    return left;
  };

  const newestOne = async (source: string): Promise<Stored> => (await newest(source, 1))[0] ?? null;

  return {
    acquire,
    async renew(lease, seconds) {
      await renew(lease, seconds);
    },
    async release(lease) {
      await release(lease);
    },
    holder,
    queue: line.queue,
    waiting: line.waiting,
    leave: line.leave,
    watermark: async (source) => (await watermark(source))?.watermark ?? null,
    async open(source) {
      const last = await newestOne(source);
      return last && !isClosed(last.window) ? last.window : null;
    },
    plan: (lease, window) =>
      move(
        lease,
        window,
        () => newestOne(lease.source),
        (last) => planned(last, window),
      ),
    advance: (lease, window) =>
      move(
        lease,
        window,
        () => at(lease.source, window.number),
        (stored) => advanced(stored, window),
      ),
    park: (lease, window, why: Problem) => {
      const wanted = { ...window, problem: why };
      return move(
        lease,
        wanted,
        () => at(lease.source, window.number),
        (stored) => parked(stored, wanted),
      );
    },
    async commit(lease, window): Promise<Watermark> {
      const inputs = await marks(lease, window);
      const besides = async (done: Window): Promise<Change[]> => {
        const before = await watermark(lease.source);
        const values = watermarkValues(raised(before?.watermark ?? null, done, done.changed));
        return before
          ? [{ do: 'replace', key: WATERMARK, etag: before.etag, values }, ...inputs]
          : [{ do: 'insert', key: WATERMARK, values }, ...inputs];
      };
      const read = () => at(lease.source, window.number);
      await move(lease, window, read, (stored) => committed(stored, window), besides);
      const after = await watermark(lease.source);
      if (!after) throw conflict(lease, window, 'it is committed but the watermark is gone');
      return after.watermark;
    },
    ...notesAside(table, now),
    reset: resets(table, now, check),
    window: async (source, number) => (await at(source, number))?.window ?? null,
    windows: async (source, limit) => (await newest(source, limit)).map(({ window }) => window),
    history: (source, limit) => eventsOf(table, source, limit),
    forget: (source, before) => forgetEvents(table, source, before),
    known: (source, hashes) => committedInputs(table, source, hashes),
  };
}

const conflict = (lease: Lease, { number, state }: Window, why: string): ConflictError =>
  new ConflictError(
    problem(
      'WINDOW_CONFLICT',
      lease.source,
      `Run ${lease.holder} cannot make window ${number} ${state}: ${why}.`,
      'Look at the windows of the source, and run it again: it goes on from what is stored.',
    ),
  );
