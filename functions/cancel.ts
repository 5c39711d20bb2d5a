import { cancelledProblem } from '../activities/cancellation';
import type { Cancellation, Run, Step } from '../shared/contracts/run';
import type { Ports } from '../shared/ports/ports';
import { giveBack } from './giveBack';

const FACTORY: ReadonlySet<Step['name']> = new Set(['look', 'fetch', 'copy', 'export', 'expire']);
const NOTEBOOKS: ReadonlySet<Step['name']> = new Set(['apply', 'publish', 'maintain', 'erase']);

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

const stop = async ({ factory, notebooks }: Ports, { name, external }: Step): Promise<void> => {
  if (FACTORY.has(name)) await factory.cancel(external);
  if (NOTEBOOKS.has(name)) await notebooks.cancel(external);
};

async function bury(ports: Ports, run: Run, by: Cancellation): Promise<void> {
  const now = await ports.runs.get(run.run);
  if (now?.ended) return;
  await giveBack(ports, run);
  const problem = cancelledProblem('run', by);
  await ports.runs.put({ ...run, status: 'Cancelled', ended: ports.now().toISOString(), problem });
}
