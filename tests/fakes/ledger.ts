import { plus1 } from '../../shared/contracts/counts';
import type { Place } from '../../shared/contracts/schedule';
import type { Watermark, Window } from '../../shared/contracts/window';
import { ConflictError, LeaseLostError } from '../../shared/errors';
import type { Ledger, LedgerEvent } from '../../shared/ports/ledger';
import { problem } from '../../shared/problem';
import { isClosed } from '../../shared/windows/closed';
import { advanced, committed, type Move, parked, planned, raised, resetTo } from '../../shared/windows/moves';

interface Shelf {
  holder: string;
  fence: bigint;
  expires: number;
  place: (Place & { until: number }) | null;
  watermark: Watermark | null;
  readonly windows: Map<string, Window>;
  readonly events: LedgerEvent[];
  asides: number;
}

/** The ledger in memory, with the rules of the real one and none of its machinery. */
export function fakeLedger(now: () => Date = () => new Date()): Ledger {
  const shelves = new Map<string, Shelf>();
  const shelfOf = (source: string): Shelf => {
    const shelf = shelves.get(source) ?? {
      holder: '',
      fence: 0n,
      expires: 0,
      place: null,
      watermark: null,
      windows: new Map(),
      events: [],
      asides: 0,
    };
    shelves.set(source, shelf);
    return shelf;
  };
  const waiting = ({ place }: Shelf) => (place && place.until > now().getTime() ? place : null);
  const shown = ({ run, since, last, joined }: Place): Place => ({ run, since, last, joined });
  const newestFirst = (source: string): Window[] =>
    [...shelfOf(source).windows.values()].sort((a, b) => (BigInt(a.number) > BigInt(b.number) ? -1 : 1));
  const held = (lease: { source: string; holder: string; fence: string }): Shelf => {
    const shelf = shelfOf(lease.source);
    if (shelf.holder === lease.holder && String(shelf.fence) === lease.fence) return shelf;
    throw new LeaseLostError(problem('LEASE_LOST', lease.source, 'The lease is not held.', 'Stop.'));
  };
  const move = (shelf: Shelf, source: string, wanted: Window, decision: Move): Window => {
    if (decision.kind === 'refused') {
      throw new ConflictError(problem('WINDOW_CONFLICT', source, `${wanted.state}: ${decision.why}`, 'Run again.'));
    }
    if (decision.kind === 'done') return decision.window;
    const window = { ...decision.window, changed: now().toISOString() };
    shelf.windows.set(window.number, window);
    const detail = `window ${window.number}, attempt ${window.attempt}`;
    shelf.events.unshift({ at: window.changed, what: window.state, run: window.run, detail });
    return window;
  };

  return {
    async acquire(source, run, seconds) {
      const shelf = shelfOf(source);
      const free = shelf.holder === '' || shelf.expires <= now().getTime();
      if (shelf.holder !== run && !free) return { kind: 'busy', holder: shelf.holder };
      if (shelf.holder !== run) shelf.fence += 1n;
      if (shelf.place?.run === run) shelf.place = null;
      shelf.holder = run;
      shelf.expires = now().getTime() + seconds * 1000;
      return { kind: 'held', lease: { source, holder: run, fence: String(shelf.fence) } };
    },
    async renew(lease, seconds) {
      held(lease).expires = now().getTime() + seconds * 1000;
    },
    async release(lease) {
      const shelf = shelfOf(lease.source);
      if (shelf.holder === lease.holder && String(shelf.fence) === lease.fence) shelf.holder = '';
    },
    async holder(source) {
      const { holder, expires } = shelfOf(source);
      return holder !== '' && expires > now().getTime() ? holder : null;
    },
    async queue(source, run, seconds) {
      const shelf = shelfOf(source);
      const at = now();
      const until = at.getTime() + seconds * 1000;
      const instant = at.toISOString();
      const place = waiting(shelf);
      if (place === null) shelf.place = { run, since: instant, last: instant, joined: '0', until };
      else if (place.run === run) shelf.place = { ...place, until };
      else shelf.place = { ...place, last: instant, joined: plus1(place.joined) };
      return shown(shelf.place as Place);
    },
    async waiting(source) {
      const place = waiting(shelfOf(source));
      return place && shown(place);
    },
    async leave(source, run) {
      const shelf = shelfOf(source);
      if (shelf.place?.run === run) shelf.place = null;
    },
    watermark: async (source) => shelfOf(source).watermark,
    async open(source) {
      const [newest] = newestFirst(source);
      return newest && !isClosed(newest) ? newest : null;
    },
    async plan(lease, window) {
      return move(held(lease), lease.source, window, planned(newestFirst(lease.source)[0] ?? null, window));
    },
    async advance(lease, window) {
      const shelf = held(lease);
      return move(shelf, lease.source, window, advanced(shelf.windows.get(window.number) ?? null, window));
    },
    async park(lease, window, why) {
      const shelf = held(lease);
      const wanted = { ...window, problem: why };
      return move(shelf, lease.source, wanted, parked(shelf.windows.get(window.number) ?? null, wanted));
    },
    async commit(lease, window) {
      const shelf = held(lease);
      const decision = committed(shelf.windows.get(window.number) ?? null, window);
      const done = move(shelf, lease.source, window, decision);
      if (decision.kind === 'write') shelf.watermark = raised(shelf.watermark, done, done.changed);
      if (!shelf.watermark) throw new Error('a committed window left no watermark');
      return shelf.watermark;
    },
    async reset(lease, to, why) {
      const shelf = held(lease);
      if (shelf.watermark?.run === lease.holder) return shelf.watermark;
      const [newest = null] = newestFirst(lease.source);
      const at = now().toISOString();
      if (newest && !isClosed(newest)) shelf.windows.set(newest.number, { ...newest, state: 'abandoned', changed: at });
      const detail = `from ${shelf.watermark?.cursor ?? 'nothing'} to ${to ?? 'the beginning'}; ${why}`;
      shelf.events.unshift({ at, what: 'reset', run: lease.holder, detail });
      shelf.watermark = resetTo(lease.source, newest, lease.holder, to, at);
      return shelf.watermark;
    },
    async noteAside(source, run, detail) {
      const shelf = shelfOf(source);
      shelf.asides += 1;
      shelf.events.unshift({ at: now().toISOString(), what: 'changed', run, detail });
    },
    asides: async (source) => String(shelfOf(source).asides),
    window: async (source, number) => shelfOf(source).windows.get(number) ?? null,
    windows: async (source, limit) => newestFirst(source).slice(0, limit),
    history: async (source, limit) => shelfOf(source).events.slice(0, limit),
    async forget(source, before) {
      const { events } = shelfOf(source);
      const kept = events.filter(({ at }) => at > before.toISOString());
      const gone = events.length - kept.length;
      events.splice(0, events.length, ...kept);
      return gone;
    },
    async known(source, hashes) {
      const committed = newestFirst(source).filter(({ state }) => state === 'committed');
      const holds = (hash: string) => committed.find(({ files }) => files.some(({ sha256 }) => sha256 === hash));
      return new Map(hashes.flatMap((hash) => [holds(hash)].flatMap((found) => (found ? [[hash, found.number]] : []))));
    },
  };
}
