import { sourceOf } from '../../shared/catalog/lookup';
import type { Catalog } from '../../shared/contracts/catalog';
import { takeLease as contract, type SourceTask } from '../../shared/contracts/steps';
import type { Lease } from '../../shared/contracts/window';
import { ProblemError } from '../../shared/errors';
import type { Ports } from '../../shared/ports/ports';
import { problem } from '../../shared/problem';
import { secondsToRest } from '../../shared/schedules/burst';
import { shelfOf } from '../../shared/windows/lane';
import { cancelledProblem } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { waitBar } from './waitBar';

/** One writer a source: a run that comes while another is at work waits, joins the one that waits, or leaves, as it was told to. */
export const takeLease = implement(contract, (ports) => async ({ task, wait }) => {
  const { run, source, lane, whenBusy } = task;
  const shelf = shelfOf(source, lane?.name);
  const bar = waitBar(ports, task, wait);
  const cancellation = await ports.runs.cancellation(run);
  if (cancellation) {
    await ports.ledger.leave(shelf, run);
    await bar.over('Skipped', 'the run was cancelled');
    throw new ProblemError(cancelledProblem(source, cancellation));
  }
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
    await bar.over('Succeeded', 'its turn has come');
    return answer;
  }
  const why = `run ${answer.holder} is at work on it`;
  if (whenBusy === 'refuse') {
    const busy = problem('SOURCE_BUSY', source, `${why}.`, 'Wait for that run to end, then start again.');
    return { kind: 'busy' as const, problem: busy };
  }
  if (whenBusy === 'skip') {
    await bar.gaveWay(why);
    return { kind: 'gave-way' as const, outcome: 'skipped' as const, to: answer.holder };
  }
  const place = whenBusy === 'queue' ? await ports.ledger.queue(shelf, run, leaseSeconds) : null;
  if (place && place.run !== run) {
    await bar.gaveWay(`${why}, and run ${place.run} waits for it already`);
    return { kind: 'gave-way' as const, outcome: 'joined' as const, to: place.run };
  }
  return { kind: 'running' as const, wait: await bar.open(why), seconds: null };
});

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
  return { seconds, why: `more files may come: ${BigInt(place.joined) + 1n} so far` };
}

/** A lane begins where it was told to, once; after that it goes on from its own watermark. */
async function beginLane({ ledger }: Ports, lease: Lease, from: string): Promise<void> {
  if ((await ledger.watermark(lease.source)) === null) await ledger.reset(lease, from, 'the lane begins');
}
