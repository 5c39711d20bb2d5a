import { readFetch as contract } from '../../shared/contracts/steps';
import { moved } from '../../shared/files/moved';
import { problem } from '../../shared/problem';
import { listedFiles } from '../../shared/sources/copyOutput';
import { lookAtFactory } from '../cancellation';
import { implement } from '../implement';
import { end } from '../step';

/** Looks once whether the files are in landing; one whose size or time moved between the two looks is not taken. */
export const readFetch = implement(contract, (ports) => async ({ task, fetch, files }) => {
  const done = await lookAtFactory(ports, task.run, task.source, fetch.external);
  if (done.kind === 'running') return done;
  const unstable = done.kind === 'succeeded' ? moved(files, listedFiles(done.activities)) : [];
  const found =
    done.kind === 'failed'
      ? done.problem
      : unstable.length > 0
        ? problem(
            'SOURCE_FILE_UNSTABLE',
            task.source,
            `still being written: ${unstable.join(', ')}.`,
            'Nothing to do: the next run takes the files when they have come to rest.',
            true,
          )
        : null;
  await end(
    ports,
    task.run,
    task.source,
    'fetch',
    fetch,
    found ? { problem: found } : { detail: `${files.length} files` },
  );
  return found ? { kind: 'failed' as const, problem: found } : { kind: 'fetched' as const };
});
