import { sourceOf } from '../../shared/catalog/lookup';
import { openErasure as contract, type Erasure } from '../../shared/contracts/erasure';
import { erasureOf } from '../../shared/erasure/run';
import { erasurePath } from '../../shared/erasure/subject';
import { upkeepRun } from '../../shared/runs/upkeepRun';
import { implement } from '../implement';
import { catalogLaid } from '../pinned';

/** The erasure stands in the ledger before anything is erased: no window that is applied from now on brings the person back. */
export const openErasure = implement(contract, (ports, { pace }) => async (request) => {
  const { run, table, source, subject } = request;
  const catalog = await catalogLaid(ports, request.catalog);
  const started = (await ports.runs.get(run))?.started ?? ports.now().toISOString();
  const entry: Erasure = { table, subject, run, at: started };
  const path = erasurePath(table, subject);
  // Who was erased before stays so under the first entry.
  if (!(await ports.lake.read('bronze', path))) {
    await ports.lake.putOnce('bronze', path, Buffer.from(JSON.stringify(entry)));
  }
  await ports.runs.put(upkeepRun(erasureOf(request), 'Running', started, null));
  const { kind } = sourceOf(catalog, source);
  const { attempts } = catalog.limits;
  return {
    task: { run, catalog: catalog.version, source, kind, pace, byHand: false, whenBusy: 'wait' as const, attempts },
    datasets: catalog.datasets.filter(({ inputs }) => inputs.includes(table)).map(({ name }) => name),
  };
});
