import type { PartReport, Run, RunStatus, Upkeep } from '../contracts/run';

/** What a run that moves no source does, and whose lease it holds meanwhile. */
export type UpkeepOf = Pick<Run, 'run' | 'catalog' | 'trigger' | 'wanted'> & Pick<Upkeep, 'kind' | 'tables'>;

/** A run that moves no source, as people see it. */
export const upkeepRun = (
  { kind, tables, ...of }: UpkeepOf,
  status: RunStatus,
  started: string,
  ended: string | null,
  parts: PartReport[] = [],
): Run => ({
  ...of,
  status,
  started,
  ended,
  sources: [],
  datasets: [],
  problem: null,
  upkeep: { kind, tables, parts },
});
