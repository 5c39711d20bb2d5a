import { sourceOf } from '../../shared/catalog/lookup';
import type { Catalog } from '../../shared/contracts/catalog';
import { takeLease as contract, type External, type SourceTask } from '../../shared/contracts/steps';
import type { Lease } from '../../shared/contracts/window';
import { ProblemError } from '../../shared/errors';
import type { Ports } from '../../shared/ports/ports';
import { problem } from '../../shared/problem';
import { secondsToRest } from '../../shared/schedules/burst';
import { shelfOf } from '../../shared/windows/lane';
import { cancelledProblem } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { begin, end, subjectOf } from '../step';

/** One writer a source: a run that comes while another is at work waits, joins the one that waits, or leaves, as it was told to. */
export const takeLease = implement(contract, (ports) => async ({ task, wait }) => {
  const { run, source, lane, whenBusy } = task;
  const shelf = shelfOf(source, lane?.name);
  const bar = barOf(ports, task, wait);
  await refuseCancelled(ports, task, shelf, bar);
  const catalog = await catalogOf(ports, task.catalog);
  const { leaseSeconds } = catalog.limits;
  const rest = await restOf(ports, catalog, task, shelf);
  if (rest) {
    await ports.ledger.queue(shelf, run, leaseSeconds + rest.seconds);
    return { kind: 'running' as const, wait: await bar.open(rest.why), seconds: rest.seconds };
  }
  const answer = await ports.ledger.acquire(shelf, run, leaseSeconds);
  if (answer.kind === 'held') {
    if (lane?.kind === 'range') await beginLane(ports, answer.lease, lane.from);
    await bar.close('Succeeded', 'its turn has come');
    return answer;
  }
  const why = `run ${answer.holder} is at work on it`;
  if (whenBusy === 'refuse') {
    const busy = problem('SOURCE_BUSY', source, `${why}.`, 'Wait for that run to end, then start again.');
    return { kind: 'busy' as const, problem: busy };
  }
  if (whenBusy === 'skip') {
    await bar.note('Skipped', why);
    return { kind: 'gave-way' as const, outcome: 'skipped' as const, to: answer.holder };
  }
  const place = whenBusy === 'queue' ? await ports.ledger.queue(shelf, run, leaseSeconds) : null;
  if (place && place.run !== run) {
    await bar.note('Skipped', `${why}, and run ${place.run} waits for it already`);
    return { kind: 'gave-way' as const, outcome: 'joined' as const, to: place.run };
  }
  return { kind: 'running' as const, wait: await bar.open(why), seconds: null };
});

/** The bar of a wait, which says for whom; a run that need not wait has none. */
function barOf(ports: Ports, task: SourceTask, wait: External | null) {
  const { run } = task;
  const subject = subjectOf(task);
  const close = async (status: 'Succeeded' | 'Skipped', detail: string): Promise<void> => {
    if (wait) await end(ports, run, subject, 'wait', wait, { status, detail });
  };
  return {
    open: (why: string) => begin(ports, run, subject, 'wait', '', wait?.started, why),
    close,
    async note(status: 'Skipped', why: string): Promise<void> {
      const started = wait ?? { external: '', started: ports.now().toISOString() };
      await end(ports, run, subject, 'wait', started, { status, detail: why });
    },
  };
}

async function refuseCancelled(
  { runs, ledger }: Ports,
  { run, source }: SourceTask,
  shelf: string,
  bar: ReturnType<typeof barOf>,
): Promise<void> {
  const cancellation = await runs.cancellation(run);
  if (!cancellation) return;
  await ledger.leave(shelf, run);
  await bar.close('Skipped', 'the run was cancelled');
  throw new ProblemError(cancelledProblem(source, cancellation));
}

/** While files of a burst still come, the run that stands for them keeps its place and lets them. */
async function restOf(
  { ledger, now }: Ports,
  catalog: Catalog,
  { run, source: name, whenBusy }: SourceTask,
  shelf: string,
) {
  const source = sourceOf(catalog, name);
  if (source.kind !== 'blob' || !source.debounce || whenBusy !== 'queue') return null;
  const place = await ledger.waiting(shelf);
  if (place?.run !== run) return null;
  const seconds = secondsToRest(place, source.debounce, now());
  if (seconds === 0) return null;
  return { seconds, why: `more files may come: ${place.joined + 1} so far` };
}

/** A lane begins where it was told to, once; after that it goes on from its own watermark. */
async function beginLane({ ledger }: Ports, lease: Lease, from: string): Promise<void> {
  if ((await ledger.watermark(lease.source)) === null) await ledger.reset(lease, from, 'the lane begins');
}
