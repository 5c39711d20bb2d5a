import { letters } from '../../shared/alerts/letters';
import type { PartReport } from '../../shared/contracts/run';
import type { Ports } from '../../shared/ports/ports';
import { hasFailed } from '../../shared/runs/reports';
import { type UpkeepOf, upkeepRun } from '../../shared/runs/upkeepRun';
import { catalogOf } from '../pinned';

/** The run ends in the record, part by part; what failed lies in the outbox before anything tries to send it. */
export async function closeUpkeep(ports: Ports, publicUrl: string, of: UpkeepOf, parts: PartReport[]): Promise<null> {
  const { alerts } = await catalogOf(ports, of.catalog);
  const ended = ports.now().toISOString();
  const open = await ports.runs.get(of.run);
  const told = letters(of.run, parts, alerts.to, publicUrl);
  for (const { key, letter } of told) await ports.outbox.queue(key, letter);
  const came = parts.some(hasFailed) ? 'Failed' : 'Succeeded';
  const status = (await ports.runs.cancellation(of.run)) ? 'Cancelled' : came;
  await ports.runs.put(upkeepRun(of, status, open?.started ?? ended, open?.ended ?? ended, parts));
  return null;
}
