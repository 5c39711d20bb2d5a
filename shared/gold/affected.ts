import type { Catalog } from '../contracts/catalog';
import type { DatasetReport, RunRequest, SourceReport } from '../contracts/run';
import type { DatasetTask, Pace } from '../contracts/steps';
import { datasetReport, hasGivenWay } from '../runs/reports';
import { blockedBy, inOrder } from './order';

/** What a run has to do in gold. */
export interface GoldPlan {
  readonly tasks: Omit<DatasetTask, 'inputs'>[];
  readonly blocked: DatasetReport[];
}

const failed = ({ outcome }: SourceReport): boolean => outcome !== 'committed' && outcome !== 'nothing-new';

/**
 * The datasets whose inputs moved, or one that they need (or that were never published, or are asked for) are computed; a dataset whose partner's report moved
 * is compared again; a failed source blocks only what depends on it. A source that was left to another run is that run's
 * affair, and so is what it feeds.
 * @param published names of the datasets that have been published before
 * @param behind those whose sources have committed rows that their published form does not hold
 */
export function affected(
  catalog: Catalog,
  request: RunRequest,
  reports: readonly SourceReport[],
  published: ReadonlySet<string>,
  pace: Pace,
  behind: ReadonlySet<string> = new Set(),
): GoldPlan {
  const sources = reports.filter((report) => !hasGivenWay(report));
  const feeding = (table: string) =>
    sources.filter(({ source }) => catalog.sources.find(({ name }) => name === source)?.table === table);
  const tasks: Omit<DatasetTask, 'inputs'>[] = [];
  const blocked: DatasetReport[] = [];
  const due = new Set<string>();
  for (const dataset of inOrder(catalog.datasets).order) {
    const inputs = dataset.inputs.flatMap(feeding);
    const broken = inputs.filter(failed);
    if (broken.length > 0) {
      blocked.push(brokenBy(dataset.name, broken));
      continue;
    }
    const missing = dataset.needs.filter((name) => blocked.some((report) => report.dataset === name));
    if (missing.length > 0) {
      blocked.push(blockedBy(dataset.name, missing));
      continue;
    }
    const needs = dataset.needs.filter((name) => due.has(name));
    const partner = sources.find(({ source }) => source === dataset.reconcile?.with);
    const moved = inputs.some(({ outcome }) => outcome === 'committed');
    const wanted = request.datasets?.includes(dataset.name) ?? false;
    const current = published.has(dataset.name) && !behind.has(dataset.name);
    const publish = moved || wanted || needs.length > 0 || (inputs.length > 0 && !current);
    const reconcile =
      dataset.reconcile !== null && (publish || (partner?.outcome === 'committed' && published.has(dataset.name)));
    if (publish) due.add(dataset.name);
    if (publish || reconcile) {
      const { run, catalog: version } = request;
      tasks.push({ run, catalog: version, dataset: dataset.name, pace, needs, publish, reconcile });
    }
  }
  return { tasks, blocked };
}

/** What a cancelled run did not come to is no fault of anything. */
const brokenBy = (dataset: string, broken: readonly SourceReport[]): DatasetReport => {
  const cancelled = broken.every(({ outcome }) => outcome === 'cancelled') ? broken[0]?.problems : undefined;
  if (cancelled === undefined)
    return blockedBy(
      dataset,
      broken.map(({ source }) => source),
    );
  return datasetReport(dataset, 'blocked', { problems: cancelled.map((one) => ({ ...one, where: dataset })) });
};
