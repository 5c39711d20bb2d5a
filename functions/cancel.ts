import { cancelledProblem } from '../activities/cancellation';
import { serviceOf } from '../shared/contracts/outside';
import type { Cancellation, Run, Step } from '../shared/contracts/run';
import type { Ports } from '../shared/ports/ports';
import { giveBack } from './giveBack';

/**
 * Stops a run. The mark comes first: from then on no step of the run begins anything outside. Then what runs outside is
 * told to stop; what this misses is told again at the next look of its own step. The orchestrator comes to its end by
 * itself, so that leases and the record are as after any other end. One that is gone cannot: it is ended here.
 * @param alive whether the run's orchestrator is there
 */
export async function cancelRun(
  ports: Ports,
  run: Run,
  by: Cancellation,
  alive: () => Promise<boolean>,
): Promise<void> {
  await ports.runs.cancel(run.run, by);
  const steps = await ports.runs.steps(run.run);
  await Promise.allSettled(
    steps.filter(({ status, external }) => status === 'Running' && external !== '').map((step) => stop(ports, step)),
  );
  if (!(await alive())) await bury(ports, run, by);
}

const stop = async (ports: Ports, { name, external }: Step): Promise<void> => {
  const service = serviceOf[name];
  if (service !== null) await ports[service].cancel(external);
};

async function bury(ports: Ports, run: Run, by: Cancellation): Promise<void> {
  const now = await ports.runs.get(run.run);
  if (now?.ended) return;
  await giveBack(ports, run);
  const problem = cancelledProblem('run', by);
  await ports.runs.put({ ...run, status: 'Cancelled', ended: ports.now().toISOString(), problem });
}
