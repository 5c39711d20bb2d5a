import { batches } from '../../shared/batches';
import { checkBronze as contract } from '../../shared/contracts/steps/listing';
import { refuseCancelled } from '../cancellation';
import { implement } from '../implement';
import { renewed } from '../renewed';
import { begin, end, subjectOf } from '../step';
import { committedWindows } from './committed';
import { inspection } from './inspection';

/**
 * Holds bronze against what landed and what silver took in of it. The listing tells which files were written again since
 * they landed; only those are read.
 */
export const checkBronze = implement(contract, (ports) => async ({ task, lease }) => {
  await refuseCancelled(ports, task.run, task.source);
  const step = await begin(ports, task.run, subjectOf(task), 'check', '');
  // Windows first: whatever a lane commits meanwhile is in neither.
  const windows = await committedWindows(ports, task.source);
  const { inspect, found } = inspection(ports.lake, await ports.lake.list('bronze', task.source));
  for (const some of batches(windows)) {
    await renewed(ports, task, lease);
    await Promise.all(some.map(inspect));
  }
  const check = found();
  await end(ports, task.run, subjectOf(task), 'check', step, {
    rowsIn: check.landed,
    rowsOut: check.taken,
    detail: `${check.broken} of ${check.files} files are not what landed`,
  });
  return check;
});
