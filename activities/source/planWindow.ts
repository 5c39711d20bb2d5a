import { sourceOf } from '../../shared/catalog/lookup';
import { planWindow as contract } from '../../shared/contracts/steps';
import { ProblemError } from '../../shared/errors';
import { isClosed } from '../../shared/windows/closed';
import { nextWindow } from '../../shared/windows/next';
import { implement } from '../implement';
import { catalogOf } from '../pinned';

/** Writes down what will be read before anything is read. */
export const planWindow = implement(contract, (ports) => async ({ task, lease, files, until }) => {
  const catalog = await catalogOf(ports, task.catalog);
  const source = sourceOf(catalog, task.source);
  const [watermark, [newest = null]] = await Promise.all([
    ports.ledger.watermark(source.name),
    ports.ledger.windows(source.name, 1),
  ]);
  const next = nextWindow({
    source: source.name,
    run: task.run,
    catalog: task.catalog,
    kind: source.kind,
    hasCursor: source.kind === 'mysql' && source.cursor !== null,
    watermark,
    open: newest && !isClosed(newest) ? newest : null,
    newest,
    files,
    byHand: task.byHand,
    until,
    now: ports.now().toISOString(),
  });
  if (next.kind === 'lost') throw new ProblemError(next.problem);
  if (next.kind !== 'ready' || next.window.state !== 'planned') return next;
  return { kind: 'ready' as const, window: await ports.ledger.plan(lease, next.window) };
});
