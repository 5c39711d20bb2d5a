import type { InvocationContext } from '@azure/functions';
import type { Catalog } from '../shared/contracts/catalog';
import type { ErasureRequest } from '../shared/contracts/erasure';
import type { MaintenanceRequest } from '../shared/contracts/maintenance';
import type { RunRequest } from '../shared/contracts/run';
import type { Ports } from '../shared/ports/ports';
import type { Instances } from './instances';

/** What triggers work with. */
export interface Services {
  readonly ports: Ports;
  /** Where people open the dashboard, for links in mails. */
  readonly publicUrl: string;
  readonly instances: (context: InvocationContext) => Instances;
  /** The newest catalog. @throws ProblemError CATALOG_ABSENT before the first one is published */
  readonly catalog: () => Promise<Catalog>;
  /**
   * Starts a run unless one with this id is known already; then it is simply left alone.
   * @returns what was asked of the orchestrator
   */
  readonly start: (context: InvocationContext, wanted: Wanted) => Promise<RunRequest>;
  /** Starts maintenance under the id of its run, once. */
  readonly maintain: (context: InvocationContext, request: MaintenanceRequest) => Promise<void>;
  /** Starts the erasure of a person under the id of its run, once. */
  readonly erase: (context: InvocationContext, request: ErasureRequest) => Promise<void>;
}

/** What is asked of a run, with the catalog that it is to be pinned to. */
export interface Wanted extends Omit<RunRequest, 'catalog' | 'sources'> {
  readonly catalog: Catalog;
  readonly sources: readonly string[];
}
