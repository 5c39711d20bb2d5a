import type { ServiceName } from '../supervisor/freePorts';
import { deliver } from './deliver';
import type { Scenario } from './scenario';
import type { World } from './world';

/** The kinds of pipelines, each by a source that uses it, and the steps of one of its windows. */
const KINDS = {
  mysql: { source: 'users', steps: ['copy', 'land', 'apply', 'commit'] },
  sftp: { source: 'partner_buyers', steps: ['look', 'fetch', 'copy', 'land', 'apply', 'commit'] },
  blob: { source: 'countries', steps: ['copy', 'land', 'apply', 'commit'] },
} as const;
type Kind = keyof typeof KINDS;

/** Who is killed at which steps, beside the host, which dies at every step of every kind. */
const OTHERS: readonly { victim: ServiceName; kind: Kind; steps: readonly string[] }[] = [
  { victim: 'adf', kind: 'mysql', steps: ['copy'] },
  { victim: 'adf', kind: 'sftp', steps: ['look', 'fetch', 'copy'] },
  { victim: 'databricks', kind: 'mysql', steps: ['apply'] },
  { victim: 'tables', kind: 'mysql', steps: ['copy', 'land', 'apply', 'commit'] },
  { victim: 'lake', kind: 'mysql', steps: ['copy', 'land'] },
  { victim: 'mysql', kind: 'mysql', steps: ['copy'] },
  { victim: 'sftp', kind: 'sftp', steps: ['look', 'fetch'] },
];

const GOLD: readonly { victim: ServiceName; steps: readonly string[] }[] = [
  { victim: 'host', steps: ['publish', 'export'] },
  { victim: 'databricks', steps: ['publish'] },
  { victim: 'adf', steps: ['export'] },
];

/** Waits for the step to be under way or done, as the dice will have it, and kills. */
async function strike(world: World, victim: ServiceName, run: string, step: string, subject?: string): Promise<number> {
  const done = world.dice.chance(0.5);
  await world.until(`${step} of ${run}`, ({ steps }) =>
    steps.some(
      (one) =>
        one.run === run &&
        one.name === step &&
        (subject === undefined || one.subject === subject) &&
        (!done || one.status !== 'Running'),
    ),
  );
  process.kill(await world.pid(victim), 'SIGKILL');
  await world.end(run);
  return 1;
}

/** The run that takes a new delivery up: asked for, or started by the event of a file. */
async function begun(world: World, kind: Kind): Promise<string> {
  if (kind !== 'blob') {
    await deliver[kind](world);
    return world.start(KINDS[kind].source);
  }
  const before = new Set((await world.metadata()).runs.map(({ run }) => run));
  await deliver.blob(world);
  await world.until('the run of the file', ({ runs }) => runs.some(({ run }) => !before.has(run)));
  return (await world.metadata()).runs.find(({ run }) => !before.has(run))?.run ?? '';
}

const windowKill = (victim: ServiceName, kind: Kind, step: string): Scenario => ({
  name: `kill-${victim}-${kind}-${step}`,
  what: `SIGKILL of ${victim} at step ${step} of a ${kind} window`,
  async play(world) {
    const { source } = KINDS[kind];
    return strike(world, victim, await begun(world, kind), step, source);
  },
});

const goldKill = (victim: ServiceName, step: string): Scenario => ({
  name: `kill-${victim}-gold-${step}`,
  what: `SIGKILL of ${victim} at step ${step} of a dataset`,
  async play(world) {
    await world.live();
    return strike(world, victim, await world.start('users'), step);
  },
});

export const kills: readonly Scenario[] = [
  ...Object.entries(KINDS).flatMap(([kind, { steps }]) => steps.map((step) => windowKill('host', kind as Kind, step))),
  ...OTHERS.flatMap(({ victim, kind, steps }) => steps.map((step) => windowKill(victim, kind, step))),
  ...GOLD.flatMap(({ victim, steps }) => steps.map((step) => goldKill(victim, step))),
];
