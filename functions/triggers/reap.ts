import type { InvocationContext } from '@azure/functions';
import { lanesBeside } from '../../activities/aside/lanes';
import { catalogOf } from '../../activities/pinned';
import { openRuns } from '../../activities/run/openRuns';
import { letters } from '../../shared/alerts/letters';
import type { Run } from '../../shared/contracts/run';
import type { Ports } from '../../shared/ports/ports';
import { problem } from '../../shared/problem';
import { datasetInstance, sourceInstance } from '../../shared/runs/instances';
import { stopped } from '../../shared/runs/reports';
import { SILENCE_MS, stalledBecause } from '../../shared/runs/stalled';
import { giveBack } from '../giveBack';
import type { Instances } from '../instances';
import type { Services } from '../services';

/** How far back a beat looks: it comes often, and the whole record may be long. */
const LOOK_BACK_MS = 30 * 24 * 3_600_000;

/** Finds the runs that will never end by themselves, and ends them: no run stays open for ever, and none ends in silence. */
export const reap =
  (services: Services) =>
  async (context: InvocationContext): Promise<void> => {
    const since = new Date(services.ports.now().getTime() - LOOK_BACK_MS);
    for (const run of await openRuns(services.ports, since)) await reapOne(services, services.instances(context), run);
  };

async function reapOne({ ports, ...services }: Services, instances: Instances, run: Run): Promise<void> {
  const main = await instances.look(run.run);
  if (main.kind === 'alive' && ports.now().getTime() - main.moved.getTime() < SILENCE_MS) return;
  const parts = await partsOf(ports, run);
  const states = await Promise.all(parts.map((id) => instances.look(id)));
  const why = stalledBecause(run, main, states, ports.now());
  // Read again: it may have been closed while we looked.
  if (why === null || (await ports.runs.get(run.run))?.ended) return;
  const alive = [run.run, ...parts].filter((_, at) => [main, ...states][at]?.kind === 'alive');
  for (const id of alive) await instances.terminate(id, why);
  await bury({ ports, ...services }, run, why);
}

/** The instances that a run may have begun: of its sources or their lanes, and of what is computed from them. */
async function partsOf(ports: Ports, run: Run): Promise<string[]> {
  const catalog = await catalogOf(ports, run.catalog);
  const sources = await Promise.all(
    run.wanted.map(async (source) => {
      const lanes = await lanesBeside(ports, catalog, run, source);
      return run.aside
        ? lanes.map(({ name }) => sourceInstance(run.run, source, name))
        : [sourceInstance(run.run, source)];
    }),
  );
  return [...sources.flat(), ...catalog.datasets.map(({ name }) => datasetInstance(run.run, name))];
}

/** Gives back what the run holds, queues the letter, and closes the record last: a bury that dies half-way is done again. */
async function bury({ ports, publicUrl, catalog }: Services, run: Run, why: string): Promise<void> {
  await giveBack(ports, run);
  const stalled = (where: string) => problem('RUN_STALLED', where, `run ${run.run} stalled: ${why}`, 'Run it again.');
  const sources = run.wanted.map((source) => stopped(source, 'failed', stalled(source)));
  const whole = run.upkeep ? stalled(run.upkeep.kind) : null;
  const { alerts } = await catalog();
  const told = [...sources, ...(whole ? [{ outcome: 'failed', problems: [whole] }] : [])];
  for (const { key, letter } of letters(run.run, told, alerts.to, publicUrl)) await ports.outbox.queue(key, letter);
  await ports.runs.put({ ...run, status: 'Failed', ended: ports.now().toISOString(), sources, problem: whole });
}
