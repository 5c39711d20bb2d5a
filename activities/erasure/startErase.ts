import { startErase as contract } from '../../shared/contracts/erasure';
import { refuseCancelled } from '../cancellation';
import { implement } from '../implement';
import { jobToken } from '../jobToken';
import { catalogOf } from '../pinned';
import { begin } from '../step';
import { rawFiles } from './rawFiles';

/** Starts the notebook that erases from bronze, quarantine, raw files, silver and gold whom the ledger names. */
export const startErase = implement(contract, (ports, { lakeUri }) => async ({ request, attempt }) => {
  const { run, catalog, table, source, purgeNow } = request;
  await refuseCancelled(ports, run, table);
  const raw = `_erasing/${run}-${attempt}.json`;
  if (!(await ports.lake.read('bronze', raw))) {
    const files = await rawFiles(ports, await catalogOf(ports, catalog), source);
    await ports.lake.putOnce('bronze', raw, Buffer.from(JSON.stringify(files)));
  }
  const token = jobToken(run, table, 'erase', attempt);
  const parameters = { lake: lakeUri, catalog, table, source, raw, purge: purgeNow ? 'now' : 'later' };
  const external = await ports.notebooks.start('maintenance/erase_subject', parameters, token);
  return begin(ports, run, table, 'erase', external);
});
