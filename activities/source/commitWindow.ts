import { commitWindow as contract } from '../../shared/contracts/steps';
import { implement } from '../implement';
import { begin, end, subjectOf } from '../step';

/** Window and watermark move together; nothing else ever moves a watermark on. What a lane has merged is told to gold before. */
export const commitWindow = implement(contract, (ports) => async ({ task, lease, window }) => {
  const step = await begin(ports, task.run, subjectOf(task, window), 'commit', '');
  const applied = await ports.ledger.advance(lease, { ...window, state: 'applied' });
  if (task.lane && window.account?.landed !== '0')
    await ports.ledger.noteAside(task.source, task.run, `window ${window.number} of lane ${task.lane}`);
  const watermark = await ports.ledger.commit(lease, { ...applied, run: task.run });
  const detail = watermark.cursor === null ? `window ${watermark.window}` : `watermark ${watermark.cursor}`;
  await end(ports, task.run, subjectOf(task, window), 'commit', step, { detail });
  return watermark;
});
