import type { Watermark, Window } from '../../shared/contracts/window';
import { nextWindow } from '../../shared/windows/next';

/** What a test knows of a table when it plans a window of it. */
export interface Standing {
  readonly source: string;
  /** Number of the run. */
  readonly run: number;
  readonly watermark: Watermark | null;
  readonly until: string | null;
  readonly hasCursor?: boolean;
}

/** The next window of a table whose windows are all committed. @throws Error when there is none */
export function nextOfTable({ source, run, watermark, until, hasCursor = true }: Standing): Window {
  const next = nextWindow({
    source,
    run: `20260101T000000-${String(run).padStart(8, '0')}`,
    catalog: '1',
    kind: 'mysql',
    hasCursor,
    replaces: false,
    watermark,
    open: null,
    newest: null,
    files: [],
    without: [],
    byHand: false,
    until,
    now: '2026-01-01T00:00:00.000Z',
  });
  if (next.kind !== 'ready') throw new Error(next.kind);
  return next.window;
}
