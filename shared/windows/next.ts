import type { Problem } from '../contracts/problem';
import type { FileAccount, InputFile, Watermark, Window } from '../contracts/window';
import { problem } from '../problem';
import { isClosed } from './closed';

/** What is known of a source before a window is planned. */
export interface Standing {
  readonly source: string;
  readonly run: string;
  readonly catalog: string;
  readonly kind: 'mysql' | 'sftp' | 'blob';
  readonly hasCursor: boolean;
  readonly watermark: Watermark | null;
  readonly open: Window | null;
  /** The newest window, open or not. */
  readonly newest: Window | null;
  readonly files: readonly InputFile[];
  readonly byHand: boolean;
  /** Where the run stops reading this source: its first read point, from the second window on. */
  readonly until: string | null;
  readonly now: string;
}

export type NextWindow =
  | { kind: 'ready'; window: Window }
  | { kind: 'parked'; window: Window }
  | { kind: 'nothing-new' }
  | { kind: 'lost'; problem: Problem };

const plus1 = (count: string): string => String(BigInt(count) + 1n);

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
    if (standing.kind !== 'mysql' && files.length === 0) return { kind: 'nothing-new' };
    const retried: Window = {
      ...open,
      ...fresh(standing),
      // A parked window has met its source already: it goes on to the very bound that was read then.
      upper: (open.state === 'parked' ? open.upper : null) ?? standing.until,
      attempt: plus1(open.attempt),
      files,
    };
    return { kind: 'ready', window: retried };
  }
  const files = [...standing.files];
  if (standing.kind !== 'mysql' && files.length === 0) return { kind: 'nothing-new' };
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
    `A full load does not start by itself: tidemark watermark reset ${source} --to '${newest.upper ?? ''}', or --full-load.`,
  );
}

const fresh = ({ run, catalog, until, now }: Standing) =>
  ({
    state: 'planned',
    upper: until,
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
 * The files of a window that was never landed. What lies in landing now is the truth for files that people put there: a
 * bad one that was taken away is gone. Files that were fetched stay, since their server may have dropped them.
 */
function filesOf(open: Window, { kind, files }: Standing): InputFile[] {
  if (kind === 'blob') return [...files];
  const held = new Set(open.files.map(({ sha256 }) => sha256));
  return [...open.files, ...files.filter(({ sha256 }) => !held.has(sha256))];
}
