import type { Problem } from '../contracts/problem';
import type { Replayed } from '../contracts/replay';
import type { DatasetReport, RunReport, RunRequest, SourceReport } from '../contracts/run';
import type { Window } from '../contracts/window';
import { changesTable } from '../windows/account';
import { totals } from './totals';

const NOTHING = {
  met: null,
  window: null,
  windows: '0',
  guarantee: null,
  lower: null,
  upper: null,
  read: '0',
  landed: '0',
  rejected: '0',
  inserted: '0',
  updated: '0',
  deleted: '0',
  quarantined: '0',
} as const;

/** Nothing came through; that is a failure when there was something, and all of it was refused. */
export const nothingNew = (source: string, problems: Problem[] = []): SourceReport => ({
  ...NOTHING,
  source,
  outcome: problems.some(({ code }) => code === 'SOURCE_FILE_REFUSED') ? 'failed' : 'nothing-new',
  problems,
});

export const stopped = (
  source: string,
  outcome: 'parked' | 'failed' | 'busy',
  problem: Problem,
  window: Window | null = null,
): SourceReport => ({
  ...NOTHING,
  ...bounds(window),
  source,
  outcome: cancels(problem) ? 'cancelled' : outcome,
  problems: [problem],
});

/** A run that leaves a source to another one: to the run at work, or to the one that waits behind it. */
export const gaveWay = (source: string, outcome: 'skipped' | 'joined', to: string): SourceReport => ({
  ...NOTHING,
  source,
  outcome,
  met: to,
  problems: [],
});

/** Whether a run left the source to another one, which tells what became of it. */
export const hasGivenWay = ({ outcome }: SourceReport): boolean => outcome === 'skipped' || outcome === 'joined';

/** A step that was not to begin any more is no failure of its part. */
const cancels = ({ code }: Problem): boolean => code === 'RUN_CANCELLED';

/**
 * A committed window; one that changes nothing is reported as nothing new. Not so one that took another attempt: windows before
 * it may have moved silver in a run that then failed, and gold has yet to hear of it.
 */
export const committed = (window: Window, problems: Problem[], replaces = false): SourceReport => ({
  ...NOTHING,
  ...bounds(window),
  ...(window.outcome && {
    inserted: window.outcome.inserted,
    updated: window.outcome.updated,
    deleted: window.outcome.deleted,
    quarantined: window.outcome.quarantined,
  }),
  source: window.source,
  windows: '1',
  outcome: !changesTable(window, replaces) && window.attempt === '1' ? 'nothing-new' : 'committed',
  problems,
});

/** Quarantined rows that were taken up again; none of them may have found its way. */
export const replayed = (source: string, { outcome }: Replayed): SourceReport => ({
  ...NOTHING,
  source,
  outcome: outcome.inserted === '0' && outcome.updated === '0' ? 'nothing-new' : 'committed',
  inserted: outcome.inserted,
  updated: outcome.updated,
  deleted: outcome.deleted,
  quarantined: outcome.quarantined,
  problems: [],
});

/** The windows of one source in one run as one report: it ends as its last window did, and counts what all of them did. */
export function joined(reports: readonly SourceReport[]): SourceReport {
  const last = reports.at(-1);
  if (!last) throw new Error('a source reports at least one window');
  const moved = reports.some(({ outcome }) => outcome === 'committed');
  return {
    ...last,
    ...totals(reports),
    outcome: last.outcome === 'nothing-new' && moved ? 'committed' : last.outcome,
    window: reports.findLast(({ window }) => window !== null)?.window ?? null,
    lower: reports[0]?.lower ?? null,
    upper: reports.findLast(({ upper }) => upper !== null)?.upper ?? null,
    guarantee: reports.some(({ guarantee }) => guarantee === 'lag') ? 'lag' : last.guarantee,
    problems: reports.flatMap(({ problems }) => problems),
  };
}

const bounds = (window: Window | null) =>
  window && {
    window: window.number,
    guarantee: window.reading?.guarantee ?? null,
    lower: window.lower,
    upper: window.upper,
    read: window.account?.read ?? '0',
    landed: window.account?.landed ?? '0',
    rejected: window.account?.rejected ?? '0',
  };

export const datasetReport = (
  dataset: string,
  outcome: DatasetReport['outcome'],
  rest: Partial<DatasetReport> = {},
): DatasetReport => ({
  rows: '0',
  published: null,
  cells: '0',
  mismatches: '0',
  problems: [],
  ...rest,
  dataset,
  outcome: rest.problems?.some(cancels) ? 'cancelled' : outcome,
});

const BAD: ReadonlySet<string> = new Set(['failed', 'parked', 'busy', 'blocked']);

/** A part as far as its outcome goes: of a run that moves rows, or of one that looks after a table. */
type Ended = { readonly outcome: string } & Pick<SourceReport, 'keys' | 'reconciled'>;

/** Also a source whose windows came through, when it could not be compared, or too many of its keys are gone. */
export const hasFailed = ({ outcome, keys, reconciled }: Ended): boolean =>
  BAD.has(outcome) || (keys !== undefined && keys !== 'compared') || reconciled?.outcome === 'failed';

/** A run has failed when any of its parts did, unless it was cancelled; it was skipped when it gave way in all of them. A mismatch with a partner is news, not a failure. */
export const runReport = (request: RunRequest, sources: SourceReport[], datasets: DatasetReport[]): RunReport => {
  const parts = [...sources, ...datasets];
  const cancelled = parts.some(({ outcome }) => outcome === 'cancelled');
  const idle = sources.length > 0 && sources.every(hasGivenWay) && datasets.length === 0;
  const ended = idle ? 'Skipped' : 'Succeeded';
  const status = cancelled ? 'Cancelled' : parts.some(hasFailed) ? 'Failed' : ended;
  return { run: request.run, status, sources, datasets };
};
