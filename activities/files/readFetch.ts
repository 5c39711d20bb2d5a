import { readFetch as contract } from '../../shared/contracts/steps/files';
import { fetched } from '../../shared/files/fetched';
import { unstable } from '../../shared/files/problems';
import { lookAtFactory } from '../cancellation';
import { implement } from '../implement';
import { renewed } from '../renewed';
import { end } from '../step';

/** Looks once whether the files are in landing. One that changed meanwhile, or did not come, harms no other. */
export const readFetch = implement(contract, (ports) => async ({ task, lease, fetch, files }) => {
  await renewed(ports, task, lease);
  const done = await lookAtFactory(ports, task.run, task.source, fetch.external);
  if (done.kind === 'running') return done;
  const { here, missing } = fetched(files, done.activities);
  const failed = done.kind === 'failed' && here.length === 0 ? done.problem : null;
  const detail = `${here.length} of ${files.length} files`;
  await end(ports, task.run, task.source, 'fetch', fetch, failed ? { problem: failed } : { detail });
  if (failed) return { kind: 'failed' as const, problem: failed };
  const now = ports.now().toISOString();
  const waiting = missing.map(({ file, reason }) => ({
    ...file,
    source: task.source,
    sha256: null,
    kept: null,
    outcome: 'waiting' as const,
    reason,
    announced: false,
    first: now,
    last: now,
  }));
  await ports.files.put(waiting);
  return {
    kind: 'fetched' as const,
    files: here,
    problems: waiting.length > 0 ? [unstable(task.source, waiting)] : [],
  };
});
