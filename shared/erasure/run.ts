import type { ErasureRequest } from '../contracts/erasure';
import type { PartReport, Run, RunStatus } from '../contracts/run';

/** An erasure as people see it; it holds the lease of the source that feeds the table. */
export const erasureRun = (
  { run, catalog, table, source, trigger }: ErasureRequest,
  status: RunStatus,
  started: string,
  ended: string | null,
  parts: PartReport[] = [],
): Run => ({
  run,
  status,
  trigger,
  catalog,
  wanted: [source],
  started,
  ended,
  sources: [],
  datasets: [],
  problem: null,
  upkeep: { kind: 'erasure', tables: [table], parts },
});
