import { noteDeletes as contract } from '../../shared/contracts/steps/keys';
import { implement } from '../implement';

/** What is made of the source's table hears of the rows that were marked, whatever becomes of this run. */
export const noteDeletes = implement(contract, (ports) => async ({ task, deleted }) => {
  const detail =
    deleted === null
      ? 'rows may have been marked as deleted: the comparison of keys did not come to its end'
      : `rows marked as deleted, since their keys are gone at the source: ${deleted}`;
  await ports.ledger.noteAside(task.source, task.run, detail);
  return null;
});
