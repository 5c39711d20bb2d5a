import type { Problem } from '../contracts/problem';
import type { Place } from '../contracts/schedule';
import type { Lease, Watermark, Window } from '../contracts/window';

/** An entry of a source's history of changes: who moved what, and why. */
export interface LedgerEvent {
  readonly at: string;
  readonly what: string;
  readonly run: string;
  readonly detail: string;
}

/**
 * The windows of every source, one partition a source. Every write carries the lease and is refused with
 * LeaseLostError when a higher fence has been handed out; every step can be repeated with the same outcome.
 */
export interface Ledger {
  /**
   * A lease that ran out is taken over under a higher fence; the same holder gets its own lease again. In the same
   * transaction the run leaves its place in line: who joined it before is served by it, and nobody joins it after.
   */
  acquire(
    source: string,
    run: string,
    seconds: number,
  ): Promise<{ kind: 'held'; lease: Lease } | { kind: 'busy'; holder: string }>;
  renew(lease: Lease, seconds: number): Promise<void>;
  release(lease: Lease): Promise<void>;
  /** The run that holds an unexpired lease, or null. */
  holder(source: string): Promise<string | null>;
  /**
   * Takes the one place in line, or keeps it for `seconds` from now; or joins the run that has it.
   * @returns the place, whosever it is
   */
  queue(source: string, run: string, seconds: number): Promise<Place>;
  /** The place in line, unless nobody has it or its time ran out. */
  waiting(source: string): Promise<Place | null>;
  /** Gives the place in line up; that of another run stays. */
  leave(source: string, run: string): Promise<void>;
  /** @throws ProblemError WATERMARK_LOST when what is stored cannot be read */
  watermark(source: string): Promise<Watermark | null>;
  /** The one window that is planned, landed or applied but not committed; or the parked one; or null. */
  open(source: string): Promise<Window | null>;
  /** Writes a planned window (insert; or a new attempt of the open one of the same number). */
  plan(lease: Lease, window: Window): Promise<Window>;
  /** Moves the open window on: planned -> landed -> applied, or -> parked. Repeating a move that is done is a no-op. */
  advance(lease: Lease, window: Window): Promise<Window>;
  /**
   * Commits the window and moves the watermark in one transaction, and remembers its input files by content.
   * A repeated commit of the same window is a no-op; a watermark never goes back.
   */
  commit(lease: Lease, window: Window): Promise<Watermark>;
  /** Parks the open window with a reason: it stays, and nothing newer of this source passes it. */
  park(lease: Lease, window: Window, problem: Problem): Promise<Window>;
  /**
   * Sends the source back to a cursor (null: to its beginning). An open window is abandoned, since its bounds are no
   * longer what comes next; the number of the next one is new. Repeated by the same holder it is a no-op.
   * @param why who asked, and the reason, for the history
   */
  reset(lease: Lease, to: string | null, why: string): Promise<Watermark>;
  /**
   * Notes that a run has changed the source's table, or may have, beside its live windows: by a lane, out of quarantine, or
   * as keys that are gone. To be called when the rows are there and before that is on record; once too often does no harm.
   */
  noteAside(source: string, run: string, detail: string): Promise<void>;
  /** How often that was noted. */
  asides(source: string): Promise<string>;
  /** A window by its number, or null when there is none. */
  window(source: string, number: string): Promise<Window | null>;
  /** Newest windows first. */
  windows(source: string, limit: number): Promise<Window[]>;
  history(source: string, limit: number): Promise<LedgerEvent[]>;
  /** Forgets the entries of the history from before an instant, and says how many. Windows and watermark stay. */
  forget(source: string, before: Date): Promise<number>;
  /** Of these content hashes, those that a committed window holds, each with the number of the last one that does. */
  known(source: string, hashes: readonly string[]): Promise<Map<string, string>>;
}
