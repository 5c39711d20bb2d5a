import type { Catalog } from '../contracts/catalog';
import type { Run, SourceReport } from '../contracts/run';
import { hasFailed } from './reports';

/** What of an ended run is still to be done. */
export interface Left {
  readonly sources: string[];
  readonly datasets: string[];
}

const DONE = new Set(['committed', 'nothing-new']);
const MADE = new Set(['published', 'unchanged']);
const isThrough = (report: SourceReport): boolean => DONE.has(report.outcome) && !hasFailed(report);

/**
 * The sources that did not come through, and the datasets that did not, or that were never reached although something
 * moved below them. What a later catalog no longer names is left out.
 */
export function leftOf(run: Run, catalog: Catalog): Left {
  const through = new Set(run.sources.filter(isThrough).map(({ source }) => source));
  const names = new Map(catalog.sources.map(({ name, table }) => [name, table]));
  const sources = run.wanted.filter((name) => names.has(name) && !through.has(name));
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
