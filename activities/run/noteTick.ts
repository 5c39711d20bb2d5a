import type { RunReport, RunRequest } from '../../shared/contracts/run';
import type { Ports } from '../../shared/ports/ports';
import { tickEntry } from '../../shared/schedules/tickEntry';

/** A tick that left a source to another run is found in the audit, under the run that it became. */
export async function noteTick({ audit, now }: Ports, request: RunRequest, report: RunReport): Promise<void> {
  const entry = tickEntry(request, report, now());
  if (!entry) return;
  await audit.open(`tick|${request.run}`, entry);
}
