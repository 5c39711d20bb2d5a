import type { ErasureRequest } from '../contracts/erasure';
import type { UpkeepOf } from '../runs/upkeepRun';

/** An erasure as a run; it holds the lease of the source that feeds the table. */
export const erasureOf = ({ run, catalog, table, source, trigger }: ErasureRequest): UpkeepOf => ({
  run,
  catalog,
  trigger,
  wanted: [source],
  kind: 'erasure',
  tables: [table],
});
