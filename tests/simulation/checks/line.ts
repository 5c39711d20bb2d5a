import type { Run, Step } from '../../../shared/contracts/run';
import type { Disks } from '../host/disks';
import { shop } from '../shop';
import type { Fault } from '../world/faults';
import type { Findings } from './findings';
import { recordOf } from './ledger';
import { runsOf } from './runs';

/** A bar is closed a moment after its place is free; two that overlap for longer did wait at the same time. */
const SLACK_MS = 30_000;
const GONE = new Set(['skipped', 'joined']);

interface Wait {
  readonly run: Run;
  readonly source: string;
  readonly from: number;
  readonly to: number;
  readonly waited: boolean;
}

/**
 * No tick is lost in silence: each has a run, and each source of it a word. One run at most waits for a source besides
 * those that people started; a run that skips never does.
 */
export async function checkLine(
  { table, outside }: Disks,
  struck: readonly Fault[],
  { broken }: Findings,
): Promise<void> {
  const runs = await runsOf({ table });
  const overlapOf = ({ trigger }: Run) =>
    trigger.kind === 'timer' ? shop.schedules.find(({ name }) => name === trigger.schedule)?.overlap : undefined;

  for (const { name } of shop.schedules) {
    const served = (await table('catalogs').get('ticks', name))?.values['tick'];
    const run = runs.find(
      ({ trigger }) => trigger.kind === 'timer' && trigger.schedule === name && trigger.tick === served,
    );
    // The first one was served before the story.
    if (!run && Date.parse(served ?? '') > FIRST)
      broken('L1', `the tick ${served} of ${name} is served, and has no run`);
  }
  for (const run of runs) {
    if (run.status === 'Cancelled' || run.upkeep) continue;
    const silent = run.wanted.filter((name) => !run.sources.some(({ source }) => source === name));
    if (silent.length > 0) broken('L1', `run ${run.run} says nothing of ${silent.join(', ')}`);
    for (const { source, outcome, met } of run.sources) {
      if (!GONE.has(outcome)) continue;
      if (!runs.some((other) => other.run === met && other.run !== run.run))
        broken('L1', `run ${run.run} left ${source} to ${met}, which is no other run`);
      const told = overlapOf(run) === 'skip' ? 'skipped' : 'joined';
      if (outcome !== told) broken('L1', `run ${run.run} is ${outcome} in ${source}, and was to be ${told}`);
    }
  }

  const waits: Wait[] = [];
  for (const run of runs.filter(({ trigger }) => trigger.kind !== 'http')) {
    for (const row of await table('runs').range(run.run, 'step:', 'step:~', 1000)) {
      const { name, subject: source, status, started, ended } = recordOf(row.values) as unknown as Step;
      if (name !== 'wait') continue;
      const to = ended === null ? outside.time.now() : Date.parse(ended);
      waits.push({ run, source, from: Date.parse(started), to, waited: status !== 'Skipped' });
    }
  }
  // Who does not ask for longer than its place lasts loses it, and knows it when it asks again.
  const allowed = 1 + struck.filter(({ kind }) => kind === 'late').length;
  for (const { run, source, from, waited } of waits) {
    if (waited && overlapOf(run) === 'skip') broken('L1', `run ${run.run} skips, and waited for ${source}`);
    const beside = waits.filter((one) => one.source === source && one.from <= from && one.to > from + SLACK_MS);
    if (beside.length > allowed)
      broken('L1', `${beside.length} runs wait for ${source}: ${beside.map((one) => one.run.run).join(', ')}`);
  }
}

const FIRST = Date.UTC(2026, 0, 1, 0, 0, 30);
