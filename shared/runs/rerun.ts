import type { Catalog } from '../contracts/catalog';
import type { Run } from '../contracts/run';

/** What of an ended run is still to be done. */
export interface Left {
  readonly sources: string[];
  readonly datasets: string[];
}

const DONE = new Set(['committed', 'nothing-new']);
const MADE = new Set(['published', 'unchanged']);

/**
 * The sources that did not come through, and the datasets that did not, or that were never reached although something
 * moved below them. What a later catalog no longer names is left out.
 */
export function leftOf(run: Run, catalog: Catalog): Left {
  const outcome = new Map(run.sources.map((report) => [report.source, report.outcome]));
  const names = new Map(catalog.sources.map(({ name, table }) => [name, table]));
  const sources = run.wanted.filter((name) => names.has(name) && !DONE.has(outcome.get(name) ?? 'failed'));
  const moved = new Set(
    run.sources.flatMap(({ source, outcome: came }) => (came === 'committed' ? (names.get(source) ?? []) : [])),
  );
  const made = new Set(run.datasets.flatMap(({ dataset, outcome: came }) => (MADE.has(came) ? [dataset] : [])));
  const tried = new Set(run.datasets.map(({ dataset }) => dataset));
  const datasets = catalog.datasets
    .filter(({ name, inputs }) => !made.has(name) && (tried.has(name) || inputs.some((table) => moved.has(table))))
    .map(({ name }) => name);
  return { sources, datasets };
}
