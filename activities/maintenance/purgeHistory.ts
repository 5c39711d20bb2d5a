import { purgeHistory as contract } from '../../shared/contracts/maintenance';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { begin, end } from '../step';
import { cutoff } from './cutoff';

const PAGE = 100;

/** Removes the record of runs and the history of watermarks from before their time; the last success and what came after it stay. */
export const purgeHistory = implement(contract, (ports) => async ({ run, catalog: version }) => {
  const step = await begin(ports, run, 'history', 'purge', '');
  const { maintenance, sources } = await catalogOf(ports, version);
  const from = await cutoff(ports, maintenance);
  let removed = 0;
  let entries = 0;
  if (from) {
    for (let page = await ports.runs.list(PAGE, from.run); page.length > 0; ) {
      for (const old of page) await ports.runs.remove(old.run);
      removed += page.length;
      page = await ports.runs.list(PAGE, from.run);
    }
    for (const { name } of sources) entries += await ports.ledger.forget(name, from.at);
  }
  const detail = from
    ? `${removed} runs before ${from.run} and ${entries} entries of watermarks removed`
    : 'no run has succeeded yet';
  await end(ports, run, 'history', 'purge', step, { detail });
  const outcome = removed + entries > 0 ? ('done' as const) : ('unchanged' as const);
  return { part: 'history', outcome, detail, problems: [] };
});
