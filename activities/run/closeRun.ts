import { letters } from '../../shared/alerts/letters';
import { closeRun as contract } from '../../shared/contracts/steps';
import { implement } from '../implement';
import { catalogOf } from '../pinned';

/** The run ends in the record, and its letters lie in the outbox before anything tries to send them. */
export const closeRun = implement(contract, (ports, { publicUrl }) => async ({ request, report }) => {
  const catalog = await catalogOf(ports, request.catalog);
  const ended = ports.now().toISOString();
  const open = await ports.runs.get(request.run);
  for (const { key, letter } of letters(report, catalog.alerts.to, publicUrl)) await ports.outbox.queue(key, letter);
  await ports.runs.put({
    run: request.run,
    status: report.status,
    trigger: request.trigger,
    catalog: request.catalog,
    wanted: request.sources,
    started: open?.started ?? ended,
    ended: open?.ended ?? ended,
    sources: report.sources,
    datasets: report.datasets,
    problem: null,
  });
  return null;
});
