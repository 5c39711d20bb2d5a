import type { SourceReport } from '../../shared/contracts/run';
import { problem } from '../../shared/problem';
import { runReport } from '../../shared/runs/reports';
import type { World } from './play';
import { aWindow } from './windows';

const account = { counted: '0', read: '0', landed: '0', rejected: '0' };

/** Work outside that was begun. */
export const external = { external: 'x-1', started: '2026-01-01T00:00:00.000Z' };

/** A job that failed, and may not fail again. */
export const lost = problem('NOTEBOOK_FAILED', 'users', 'driver lost.', 'Wait.', true);

/** A world in which the one window of a source brings nothing, and what the source has can be listed. */
export const quietSource = (run: string): World => ({
  takeLease: () => ({ kind: 'held', lease: { source: 'users', holder: run, fence: '1' } }),
  planWindow: () => ({ kind: 'ready', window: aWindow() }),
  startCopy: () => external,
  readCopy: () => ({ kind: 'copied', upper: null, account, columns: [], sometimes: [], logs: [] }),
  landWindow: () => ({ kind: 'landed', window: aWindow({ state: 'landed', account }), problems: [] }),
  commitWindow: () => ({ source: 'users', cursor: null, window: '1', run, committed: external.started }),
  startListing: () => external,
  readListing: () => ({ kind: 'listed' }),
  releaseLease: () => null,
});

/** How a run ends that has this source alone. */
export const statusOf = (result: SourceReport, run: string) =>
  runReport(
    { run, catalog: '1', sources: [result.source], trigger: { kind: 'http', actor: 'a', reason: 'r' } },
    [result],
    [],
  ).status;
