import { createHash } from 'node:crypto';
import type { Catalog, Source } from '../contracts/catalog';
import type { Plan, PlannedSource } from '../contracts/plan';
import type { Problem } from '../contracts/problem';
import type { Watermark, Window } from '../contracts/window';
import { inOrder } from '../gold/order';
import { isClosed } from '../windows/closed';
import { estimate } from './estimate';

/** What the ledger says of a source now. */
export interface Known {
  readonly source: Source;
  readonly watermark: Watermark | null;
  /** Newest first. */
  readonly windows: readonly Window[];
  readonly busy: string | null;
  /** Why its history cannot be gone on from. */
  readonly problem: Problem | null;
}

const NOTHING = {
  work: 'nothing',
  window: null,
  mode: null,
  lower: null,
  upper: null,
  rows: null,
  because: 'it waits for a person',
  jobs: [],
} satisfies Omit<PlannedSource, 'source' | 'table' | 'busy' | 'problem'>;
const APPLY = 'notebook silver/apply_window';

/** The plan of a run by hand: a function of catalog and ledger alone, so that equal state has an equal plan. */
export function planOf(catalog: Catalog, known: readonly Known[], published: ReadonlySet<string>, now: Date): Plan {
  const sources = known.map((one) => planned(one, now));
  const touched = new Map(sources.filter(({ work }) => work !== 'nothing').map(({ source, table }) => [table, source]));
  const due = new Set<string>();
  const datasets = inOrder(catalog.datasets).order.flatMap(({ name, notebook, inputs, needs, reconcile }) => {
    const moved = inputs.flatMap((table) => touched.get(table) ?? []);
    const because = [...moved, ...needs.filter((need) => due.has(need))];
    if (because.length === 0) return [];
    due.add(name);
    const first = published.has(name) ? [] : ['never published'];
    return [{ dataset: name, notebook, because: [...because, ...first], reconcile: reconcile !== null }];
  });
  return {
    plan: fingerprint(catalog, known),
    catalog: catalog.version,
    made: now.toISOString(),
    sources,
    datasets,
    mails: {
      to: [...catalog.alerts.to],
      when: [
        'a source or dataset fails, or a window is parked',
        ...(datasets.some(({ reconcile }) => reconcile) ? ['a dataset differs from its partner'] : []),
        'rows are rejected, or a source has new columns',
      ],
    },
  };
}

function planned({ source, watermark, windows, busy, problem }: Known, now: Date): PlannedSource {
  const common = { source: source.name, table: source.table, busy, problem };
  if (problem) return { ...common, ...NOTHING };
  const [newest] = windows;
  const hasCursor = source.kind === 'mysql' && source.cursor !== null;
  const mode = source.kind !== 'mysql' ? 'files' : hasCursor ? 'incremental' : 'snapshot';
  if (newest && !isClosed(newest)) return { ...common, ...goingOn(newest, source) };
  const guess = estimate(windows, watermark, mode === 'snapshot', now);
  return {
    ...common,
    work: 'new',
    window: String(BigInt(watermark?.window ?? '0') + 1n),
    mode,
    lower: hasCursor ? (watermark?.cursor ?? null) : null,
    upper: null,
    ...(mode === 'files' ? { rows: null, because: 'files are counted when they are copied' } : guess),
    jobs: [...copies(source, mode), APPLY],
  };
}

type Work = Omit<PlannedSource, 'source' | 'table' | 'busy' | 'problem'>;

function goingOn(open: Window, source: Source): Work {
  const { number: window, mode, lower, upper, account } = open;
  const bounds = { window, mode, lower, upper };
  if (open.state === 'applied') {
    return { ...bounds, work: 'commit', rows: account?.landed ?? null, because: 'as landed', jobs: [] };
  }
  if (open.state === 'landed') {
    return { ...bounds, work: 'apply', rows: account?.landed ?? null, because: 'as landed', jobs: [APPLY] };
  }
  const because = `attempt ${open.attempt} came to nothing${open.problem ? `: ${open.problem.code}` : ''}`;
  return { ...bounds, work: 'copy again', rows: null, because, jobs: [...copies(source, mode), APPLY] };
}

const copies = (source: Source, mode: Window['mode']): string[] => {
  if (mode === 'incremental') return ['pipeline copy_mysql_window'];
  if (mode === 'snapshot') return ['pipeline copy_mysql_snapshot'];
  const fetch = source.kind === 'sftp' ? ['pipeline copy_sftp_files (look)', 'pipeline copy_sftp_files (fetch)'] : [];
  return [...fetch, 'pipeline copy_landed_files'];
};

/** What the plan was made from; time and estimates do not count. */
function fingerprint({ version }: Catalog, known: readonly Known[]): string {
  const state = known.map(({ source, watermark, windows: [newest] }) => [
    source.name,
    watermark?.cursor ?? null,
    watermark?.window ?? null,
    newest ? [newest.number, newest.state, newest.attempt] : null,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([version, state]))
    .digest('hex')
    .slice(0, 16);
}
