import { letters } from '../../shared/alerts/letters';
import { closeRun as contract } from '../../shared/contracts/steps';
import { recordOf } from '../../shared/runs/record';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { noteTick } from './noteTick';

/** The run ends in the record, and its letters lie in the outbox before anything tries to send them. */
export const closeRun = implement(contract, (ports, { publicUrl }) => async ({ request, report }) => {
  const catalog = await catalogOf(ports, request.catalog);
  const ended = ports.now().toISOString();
  const open = await ports.runs.get(request.run);
  await noteTick(ports, request, report);
  const { status, sources, datasets } = report;
  const told = letters(request.run, [...sources, ...datasets], catalog.alerts.to, publicUrl);
  for (const { key, letter } of told) await ports.outbox.queue(key, letter);
  const started = open?.started ?? ended;
  await ports.runs.put(recordOf(request, { status, started, ended: open?.ended ?? ended, sources, datasets }));
  return null;
});
