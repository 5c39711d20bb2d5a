import { letters } from '../../shared/alerts/letters';
import { closeErasure as contract } from '../../shared/contracts/erasure';
import { erasureRun } from '../../shared/erasure/run';
import { hasFailed } from '../../shared/runs/reports';
import { implement } from '../implement';
import { catalogOf } from '../pinned';

/** The erasure ends in the record, place by place. One that was cancelled has not erased, and says so. */
export const closeErasure = implement(contract, (ports, { publicUrl }) => async ({ request, parts }) => {
  const { alerts } = await catalogOf(ports, request.catalog);
  const ended = ports.now().toISOString();
  const open = await ports.runs.get(request.run);
  const told = letters(request.run, parts, alerts.to, publicUrl);
  for (const { key, letter } of told) await ports.outbox.queue(key, letter);
  const came = parts.some(hasFailed) ? 'Failed' : 'Succeeded';
  const status = (await ports.runs.cancellation(request.run)) ? 'Cancelled' : came;
  await ports.runs.put(erasureRun(request, status, open?.started ?? ended, open?.ended ?? ended, parts));
  return null;
});
