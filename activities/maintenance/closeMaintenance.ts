import { letters } from '../../shared/alerts/letters';
import { closeMaintenance as contract } from '../../shared/contracts/maintenance';
import { maintenanceRun } from '../../shared/maintenance/run';
import { hasFailed } from '../../shared/runs/reports';
import { implement } from '../implement';
import { catalogOf } from '../pinned';

/** The run ends in the record; what failed lies in the outbox before anything tries to send it. */
export const closeMaintenance = implement(contract, (ports, { publicUrl }) => async ({ request, parts }) => {
  const { alerts } = await catalogOf(ports, request.catalog);
  const ended = ports.now().toISOString();
  const open = await ports.runs.get(request.run);
  const told = letters(request.run, parts, alerts.to, publicUrl);
  for (const { key, letter } of told) await ports.outbox.queue(key, letter);
  const came = parts.some(hasFailed) ? 'Failed' : 'Succeeded';
  const status = (await ports.runs.cancellation(request.run)) ? 'Cancelled' : came;
  await ports.runs.put(maintenanceRun(request, status, open?.started ?? ended, open?.ended ?? ended, parts));
  return null;
});
