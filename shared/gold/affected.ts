import type { Catalog, Dataset } from '../contracts/catalog';
import type { DatasetReport, RunRequest, SourceReport } from '../contracts/run';
import type { DatasetTask, Pace } from '../contracts/steps';
import { problem } from '../problem';
import { datasetReport, hasGivenWay } from '../runs/reports';

/** What a run has to do in gold. */
export interface GoldPlan {
  readonly tasks: Omit<DatasetTask, 'inputs'>[];
  readonly blocked: DatasetReport[];
}

const failed = ({ outcome }: SourceReport): boolean => outcome !== 'committed' && outcome !== 'nothing-new';

/**
 * The datasets whose inputs moved (or that were never published, or are asked for) are computed; a dataset whose partner's report moved
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
  for (const dataset of catalog.datasets) {
    const inputs = dataset.inputs.flatMap(feeding);
    const broken = inputs.filter(failed);
    if (broken.length > 0) {
      blocked.push(blockedBy(dataset, broken));
      continue;
    }
    const partner = sources.find(({ source }) => source === dataset.reconcile?.with);
    const moved = inputs.some(({ outcome }) => outcome === 'committed');
    const wanted = request.datasets?.includes(dataset.name) ?? false;
    const current = published.has(dataset.name) && !behind.has(dataset.name);
    const publish = moved || wanted || (inputs.length > 0 && !current);
    const reconcile =
      dataset.reconcile !== null && (publish || (partner?.outcome === 'committed' && published.has(dataset.name)));
    if (publish || reconcile) {
      tasks.push({ run: request.run, catalog: request.catalog, dataset: dataset.name, pace, publish, reconcile });
    }
  }
  return { tasks, blocked };
}

const blockedBy = (dataset: Dataset, broken: readonly SourceReport[]): DatasetReport => {
  const cancelled = broken.every(({ outcome }) => outcome === 'cancelled') ? broken[0]?.problems : undefined;
  const missing = problem(
    'DEPENDENCY_FAILED',
    dataset.name,
    `its input did not arrive: ${broken.map(({ source }) => source).join(', ')}. The last published version stays.`,
    'Cure the source and run it again; the dataset follows by itself.',
  );
  const problems = cancelled?.map((one) => ({ ...one, where: dataset.name })) ?? [missing];
  return datasetReport(dataset.name, 'blocked', { problems });
};
