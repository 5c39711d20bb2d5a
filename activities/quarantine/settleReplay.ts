import { type Decision, ReplayRequest } from '../../shared/contracts/quarantine';
import { settleReplay as contract } from '../../shared/contracts/replay';
import { placeOf, requestPath } from '../../shared/quarantine/place';
import { shelfOf } from '../../shared/windows/lane';
import { implement } from '../implement';

/** An id without the place: numbers of windows are known in their lane alone. */
const windowIn = ({ id }: { readonly id: string }): string => id.slice(0, id.lastIndexOf('.'));

/** What became of each replayed row is written down, when gold can know of it; a row that breaks a rule still waits, with its new reasons. */
export const settleReplay = implement(contract, (ports) => async ({ task, again }) => {
  const bytes = await ports.lake.read('quarantine', requestPath(task.source, task.run));
  if (!bytes) throw new Error(`the request of replay ${task.run} is gone`);
  const { rows, actor, reason } = ReplayRequest.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const stuck = new Map(again.map(({ id, reasons }) => [id, reasons]));
  const replayed = rows.length - again.length;
  if (replayed > 0) await ports.ledger.noteAside(task.source, task.run, `rows out of quarantine: ${replayed}`);
  const at = ports.now().toISOString();
  for (const of of new Set(rows.map(windowIn))) {
    const decided = rows
      .filter((row) => windowIn(row) === of)
      .map(({ id }): [string, Decision] => {
        const reasons = stuck.get(id);
        const state = reasons ? 'again' : 'replayed';
        return [placeOf(id).place, { state, by: actor, at, reason, run: task.run, reasons: reasons ?? [] }];
      });
    const { source, lane, window } = placeOf(of);
    await ports.decisions.put(shelfOf(source, lane), window, new Map(decided));
  }
  return null;
});
