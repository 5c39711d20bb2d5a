import { closeMaintenance as contract } from '../../shared/contracts/maintenance';
import { maintenanceOf } from '../../shared/maintenance/run';
import { implement } from '../implement';
import { closeUpkeep } from './closeUpkeep';

/** The maintenance ends in the record. */
export const closeMaintenance = implement(
  contract,
  (ports, { publicUrl }) =>
    ({ request, parts }) =>
      closeUpkeep(ports, publicUrl, maintenanceOf(request), parts),
);
