import { sourceOf, tableOf } from '../../shared/catalog/lookup';
import { planWindow as contract } from '../../shared/contracts/steps';
import type { Lease, Window } from '../../shared/contracts/window';
import { ProblemError } from '../../shared/errors';
import type { Ledger } from '../../shared/ports/ledger';
import { isClosed } from '../../shared/windows/closed';
import { isThrough } from '../../shared/windows/lane';
import { nextWindow } from '../../shared/windows/next';
import { implement } from '../implement';
import { catalogOf } from '../pinned';

/** Writes down what will be read before anything is read. */
export const planWindow = implement(contract, (ports) => async ({ task, lease, files, without, until }) => {
  const catalog = await catalogOf(ports, task.catalog);
  const source = sourceOf(catalog, task.source);
  const { lane } = task;
  const [watermark, [newest = null]] = await Promise.all([
    ports.ledger.watermark(lease.source),
    ports.ledger.windows(lease.source, 1),
  ]);
  const cursor = source.kind === 'mysql' ? source.cursor : null;
  const now = ports.now().toISOString();
  if (lane && isThrough(lane, watermark, cursor?.kind ?? 'timestamp')) return { kind: 'nothing-new' as const };
  if (lane?.kind === 'replay') {
    const again = { ...lane.window, lane: lane.name, run: task.run, changed: now };
    return { kind: 'ready' as const, window: await landedAgain(ports.ledger, lease, again) };
  }
  const next = nextWindow({
    source: source.name,
    run: task.run,
    catalog: task.catalog,
    kind: source.kind,
    hasCursor: cursor !== null,
    replaces: tableOf(catalog, source.table).replace,
    watermark,
    open: newest && !isClosed(newest) ? newest : null,
    newest,
    files,
    without,
    byHand: task.byHand,
    until: until ?? lane?.until ?? null,
    now,
  });
  if (next.kind === 'lost') throw new ProblemError(next.problem);
  if (next.kind === 'nothing-new') {
    if (next.emptied) await ports.ledger.plan(lease, next.emptied);
    return { kind: 'nothing-new' as const };
  }
  if (next.kind !== 'ready' || next.window.state !== 'planned') return next;
  const planned = lane ? { ...next.window, lane: lane.name } : next.window;
  return { kind: 'ready' as const, window: await ports.ledger.plan(lease, planned) };
});

/** A window that was committed before needs no copy: in its lane it lands as it had landed. */
async function landedAgain(ledger: Ledger, lease: Lease, window: Window): Promise<Window> {
  await ledger.plan(lease, { ...window, state: 'planned' });
  return ledger.advance(lease, { ...window, state: 'landed' });
}
