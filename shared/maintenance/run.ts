import type { MaintenanceRequest } from '../contracts/maintenance';
import type { UpkeepOf } from '../runs/upkeepRun';

/** A maintenance as a run. */
export const maintenanceOf = ({ run, catalog, tables, trigger }: MaintenanceRequest): UpkeepOf => ({
  run,
  catalog,
  trigger,
  wanted: [],
  kind: 'maintenance',
  tables: tables ?? [],
});
