import type { MaintenanceRequest } from '../contracts/maintenance';
import type { PartReport, Run, RunStatus } from '../contracts/run';

/** A maintenance run as people see it. */
export const maintenanceRun = (
  { run, catalog, tables, trigger }: MaintenanceRequest,
  status: RunStatus,
  started: string,
  ended: string | null,
  parts: PartReport[] = [],
): Run => ({
  run,
  status,
  trigger,
  catalog,
  wanted: [],
  started,
  ended,
  sources: [],
  datasets: [],
  problem: null,
  upkeep: { kind: 'maintenance', tables: tables ?? [], parts },
});
