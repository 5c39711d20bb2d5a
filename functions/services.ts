import type { InvocationContext } from '@azure/functions';
import type { Catalog } from '../shared/contracts/catalog';
import type { RunRequest } from '../shared/contracts/run';
import type { Ports } from '../shared/ports/ports';

/** What triggers work with. */
export interface Services {
  readonly ports: Ports;
  /** The newest catalog. @throws ProblemError CATALOG_ABSENT before the first one is published */
  readonly catalog: () => Promise<Catalog>;
  /**
   * Starts a run unless one with this id is known already; then it is simply left alone.
   * @returns what was asked of the orchestrator
   */
  readonly start: (context: InvocationContext, wanted: Wanted) => Promise<RunRequest>;
  /** Whether the orchestrator of a run is there and has not ended. */
  readonly alive: (context: InvocationContext, run: string) => Promise<boolean>;
}

/** What is asked of a run, with the catalog that it is to be pinned to. */
export interface Wanted extends Omit<RunRequest, 'catalog' | 'sources'> {
  readonly catalog: Catalog;
  readonly sources: readonly string[];
}
