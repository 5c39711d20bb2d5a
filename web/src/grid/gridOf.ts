import type { Run } from '../../../shared/contracts/run';
import { datasetReportLook, type Look, otherLook, sourceLook } from '../looks/look';

/** One source or dataset over all shown runs. */
export interface GridRow {
  readonly kind: 'source' | 'dataset';
  readonly name: string;
  /** One a run, oldest run first; null where the run had nothing to do with it. */
  readonly cells: readonly (Look | null)[];
}

const live = (run: Run) => run.ended === null && (run.status === 'Queued' || run.status === 'Running');

function sourceCell(run: Run, name: string): Look | null {
  const report = run.sources.find((each) => each.source === name);
  if (report) return sourceLook[report.outcome];
  return live(run) && run.wanted.includes(name) ? otherLook.pending : null;
}

function datasetCell(run: Run, name: string): Look | null {
  const report = run.datasets.find((each) => each.dataset === name);
  return report ? datasetReportLook(report) : null;
}

/** Runs (newest first, as the API lists them) by subject; the known names lead, in the order of the catalog. */
export function gridOf(
  runs: readonly Run[],
  sources: readonly string[],
  datasets: readonly string[],
): { columns: readonly Run[]; rows: readonly GridRow[] } {
  const columns = runs.filter(({ upkeep }) => upkeep === undefined).toReversed();
  const allSources = new Set(sources);
  const allDatasets = new Set(datasets);
  for (const run of runs) {
    for (const name of run.wanted) allSources.add(name);
    for (const report of run.sources) allSources.add(report.source);
    for (const report of run.datasets) allDatasets.add(report.dataset);
  }
  return {
    columns,
    rows: [
      ...[...allSources].map((name) => ({
        kind: 'source' as const,
        name,
        cells: columns.map((run) => sourceCell(run, name)),
      })),
      ...[...allDatasets].map((name) => ({
        kind: 'dataset' as const,
        name,
        cells: columns.map((run) => datasetCell(run, name)),
      })),
    ],
  };
}
