import { sourceOf } from '../../shared/catalog/lookup';
import { readLook as contract } from '../../shared/contracts/steps';
import { matches } from '../../shared/files/match';
import { problem } from '../../shared/problem';
import { listedFiles } from '../../shared/sources/copyOutput';
import { lookAtFactory } from '../cancellation';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { end } from '../step';

/** Looks once whether the listing is there; a folder without any file of the pattern is a failure of its sender. */
export const readLook = implement(contract, (ports) => async ({ task, look }) => {
  const source = sourceOf(await catalogOf(ports, task.catalog), task.source);
  const done = await lookAtFactory(ports, task.run, task.source, look.external);
  if (done.kind === 'running' || source.kind !== 'sftp') return { kind: 'running' as const };
  const files =
    done.kind === 'succeeded' ? listedFiles(done.activities).filter(({ name }) => matches(source.pattern, name)) : [];
  const found =
    done.kind === 'failed'
      ? done.problem
      : files.length === 0
        ? problem(
            'SOURCE_FILE_ABSENT',
            task.source,
            `no file in folder ${source.folder} fits ${source.pattern}.`,
            'Ask the sender for the file, or correct folder and pattern in the catalog; then run the source again.',
          )
        : null;
  await end(
    ports,
    task.run,
    task.source,
    'look',
    look,
    found ? { problem: found } : { detail: `${files.length} files` },
  );
  return found ? { kind: 'failed' as const, problem: found } : { kind: 'listed' as const, files };
});
