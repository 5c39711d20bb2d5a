import type { SourceCursor } from '../contracts/cursor';
import type { Problem } from '../contracts/problem';
import type { Watermark, Window } from '../contracts/window';
import { problem } from '../problem';
import { isBefore, latest, written } from './cursors';

/** What a person asks for, and what is known of the source. */
export interface ResetWish {
  readonly source: string;
  readonly cursor: SourceCursor | null;
  /** The cursor to go on from; null only together with `fullLoad`. */
  readonly to: string | null;
  readonly fullLoad: boolean;
  /** What the person saw; null where there was no watermark or none that could be read. */
  readonly from: string | null;
  readonly watermark: Watermark | null;
  /** Newest first. */
  readonly windows: readonly Window[];
}

export type Reset = { kind: 'reset'; to: string | null } | { kind: 'refused'; problem: Problem };

/** The command that sends a source back to a cursor, or to its beginning. */
export const resetCommand = (source: string, to: string | null): string =>
  `tidemark watermark reset ${source} ${to === null ? '--full-load' : `--to '${to}'`} --reason TEXT`;

/**
 * Where a source may be sent back to: never ahead of what it is known to have reached (rows in between would be passed
 * over for good), never to the beginning without saying so, and only from where the person believes it to be.
 */
export function judgeReset(wish: ResetWish): Reset {
  const { source, cursor, watermark } = wish;
  const refused = (code: Problem['code'], why: string, next: string): Reset => ({
    kind: 'refused',
    problem: problem(code, source, why, next),
  });
  if ((watermark?.cursor ?? null) !== wish.from) {
    const at = watermark?.cursor ?? 'nowhere';
    return refused(
      'WINDOW_CONFLICT',
      `its watermark is at ${at}, not at ${wish.from ?? 'nowhere'}.`,
      'Look at it again and decide anew.',
    );
  }
  if (wish.to === null) {
    if (wish.fullLoad) return { kind: 'reset', to: null };
    return refused(
      'FULL_LOAD_UNASKED',
      'without a cursor everything would be read again.',
      'Name a cursor, or ask for a full load explicitly.',
    );
  }
  if (wish.fullLoad)
    return refused(
      'REQUEST_INVALID',
      'a full load goes on from no cursor.',
      'Name a cursor or ask for a full load, not both.',
    );
  if (!cursor)
    return refused('REQUEST_INVALID', 'it has no cursor: every window reads all of it.', 'Ask for a full load.');
  const to = written(cursor.kind, wish.to);
  if (to === null)
    return refused('CURSOR_INVALID', `${wish.to} is no ${cursor.kind}.`, 'Write it as the source prints it.');
  const reached = latest(cursor.kind, [watermark?.cursor ?? null, ...wish.windows.map(({ upper }) => upper)]);
  if (reached === null)
    return refused(
      'WATERMARK_AHEAD',
      'it has never been read, so nothing is known of its clock.',
      'Run it once; then reset.',
    );
  if (isBefore(cursor.kind, reached, to)) {
    return refused(
      'WATERMARK_AHEAD',
      `${to} is later than ${reached}, the farthest that it was read.`,
      'Rows in between would never be read: take an earlier cursor.',
    );
  }
  return { kind: 'reset', to };
}
