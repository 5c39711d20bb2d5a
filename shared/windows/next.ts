import { plus1 } from '../contracts/counts';
import type { Problem } from '../contracts/problem';
import type { FileAccount, InputFile, Watermark, Window } from '../contracts/window';
import { problem } from '../problem';
import { isClosed } from './closed';
import { resetCommand } from './reset';

/** What is known of a source before a window is planned. */
export interface Standing {
  readonly source: string;
  readonly run: string;
  readonly catalog: string;
  readonly kind: 'mysql' | 'sftp' | 'blob';
  readonly hasCursor: boolean;
  /** A window is the whole table: of two versions of one file, only the newer one counts. */
  readonly replaces: boolean;
  readonly watermark: Watermark | null;
  readonly open: Window | null;
  /** The newest window, open or not. */
  readonly newest: Window | null;
  /** Admitted, and in no window yet. */
  readonly files: readonly InputFile[];
  /** Content that the open window loses: refused, or taken away by its sender. */
  readonly without: readonly string[];
  readonly byHand: boolean;
  /** Where the run stops reading this source: its first read point, from the second window on. */
  readonly until: string | null;
  readonly now: string;
}

export type NextWindow =
  | { kind: 'ready'; window: Window }
  | { kind: 'parked'; window: Window }
  /** `emptied`: an open window that has lost all its files, and waits for others. */
  | { kind: 'nothing-new'; emptied: Window | null }
  | { kind: 'lost'; problem: Problem };

/** A window is one row of the ledger, and its list of files has to fit; the others are in the next one. */
const MOST_FILES = 1000;

/**
 * The window to work on. An open one goes on with its own bounds, number and files (a planned one under a new
 * attempt, since its last copy came to nothing); a parked one only when a person asks; else the next piece of history.
 */
export function nextWindow(standing: Standing): NextWindow {
  const { open, run, now } = standing;
  const lost = lostWatermark(standing);
  if (lost) return { kind: 'lost', problem: lost };
  if (open?.state === 'parked' && !standing.byHand) return { kind: 'parked', window: open };
  if (open?.state === 'landed' || open?.state === 'applied') {
    return { kind: 'ready', window: { ...open, run, changed: now } };
  }
  if (open) {
    const files = filesOf(open, standing);
    const retried: Window = {
      ...open,
      ...fresh(standing),
      // A parked window has met its source already: it goes on to the very bound that was read then. So does a new
      // attempt in the same run; another run has a read point of its own.
      ...(open.state === 'parked' || open.run === run ? { upper: open.upper, follows: open.follows } : {}),
      attempt: plus1(open.attempt),
      files,
    };
    if (standing.kind === 'mysql' || files.length > 0) return { kind: 'ready', window: retried };
    return { kind: 'nothing-new', emptied: open.files.length > 0 ? retried : null };
  }
  const files = filled([], standing.files);
  if (standing.kind !== 'mysql' && files.length === 0) return { kind: 'nothing-new', emptied: null };
  const { watermark } = standing;
  return {
    kind: 'ready',
    window: {
      ...fresh(standing),
      source: standing.source,
      number: plus1(watermark?.window ?? '0'),
      mode: standing.kind !== 'mysql' ? 'files' : standing.hasCursor ? 'incremental' : 'snapshot',
      lower: standing.hasCursor ? (watermark?.cursor ?? null) : null,
      attempt: '1',
      files,
    },
  };
}

/** Why a source that has a history cannot go on from its watermark: it would be read whole, or numbered, once more. */
export function lostWatermark({ source, watermark, newest }: Pick<Standing, 'source' | 'watermark' | 'newest'>) {
  const ahead = newest && isClosed(newest) && BigInt(newest.number) > BigInt(watermark?.window ?? '0');
  if (!ahead) return null;
  const state = watermark ? `its watermark stands at window ${watermark.window}` : 'it has no watermark';
  return problem(
    'WATERMARK_LOST',
    source,
    `${state}, but window ${newest.number} is ${newest.state} (up to ${newest.upper ?? 'its files'}).`,
    // Only a window of a cursor ends at one.
    newest.mode === 'incremental' && newest.upper !== null
      ? `A full load does not start by itself: ${resetCommand(source, newest.upper)}, or --full-load in place of --to.`
      : `A full load does not start by itself: ${resetCommand(source, null)}.`,
  );
}

const fresh = ({ run, catalog, until, now }: Standing) =>
  ({
    state: 'planned',
    upper: until,
    follows: until !== null,
    run,
    catalog,
    account: null,
    outcome: null,
    byFile: [] as FileAccount[],
    reading: null,
    manifest: null,
    problem: null,
    schema: null,
    changed: now,
  }) as const;

/**
 * The files of a window that was never landed: those it has, but for what it loses, and those that came since. Where a
 * window is the whole table, the newer version of a file takes the place of the older one.
 */
function filesOf(open: Window, { files, without, replaces }: Standing): InputFile[] {
  const came = new Map(files.map(({ name, sha256 }) => [name, sha256]));
  const isOutdated = ({ name, sha256 }: InputFile) => replaces && (came.get(name) ?? sha256) !== sha256;
  const left = open.files.filter((file) => !without.includes(file.sha256) && !isOutdated(file));
  return filled(left, files);
}

/**
 * The files that a window has, and of others those that it takes. Never two versions of one file, since a merge could not
 * tell which is newer, and the older one may have rows of its own: the newer one waits for the next window.
 */
function filled(has: readonly InputFile[], others: readonly InputFile[]): InputFile[] {
  const files = [...has];
  for (const file of others) {
    const isHeld = files.some(({ name, sha256 }) => name === file.name || sha256 === file.sha256);
    if (!isHeld && files.length < MOST_FILES) files.push(file);
  }
  return files;
}
