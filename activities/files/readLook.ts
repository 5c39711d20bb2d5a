import { readLook as contract } from '../../shared/contracts/steps/files';
import { companionOf } from '../../shared/files/complete';
import { matches } from '../../shared/files/match';
import { problem } from '../../shared/problem';
import { listedFiles } from '../../shared/sources/copyOutput';
import { lookAtFactory } from '../cancellation';
import { implement } from '../implement';
import { renewed } from '../renewed';
import { end } from '../step';
import { fileSourceOf } from './fileSource';

/** Looks once whether the listing is there; a folder without any file of the pattern is a failure of its sender. */
export const readLook = implement(contract, (ports) => async ({ task, lease, look }) => {
  const source = await fileSourceOf(ports, task);
  await renewed(ports, task, lease);
  const done = await lookAtFactory(ports, task.run, task.source, look.external);
  if (done.kind === 'running') return done;
  const listed = done.kind === 'succeeded' ? listedFiles(done.activities, 'Look at file') : [];
  const wanted = listed.filter(({ name }) => matches(source.pattern, name));
  const companions = new Set(wanted.map(({ name }) => companionOf(source.complete, name)));
  const files = listed.filter((file) => wanted.includes(file) || companions.has(file.name));
  const found =
    done.kind === 'failed'
      ? done.problem
      : wanted.length === 0
        ? problem(
            'SOURCE_FILE_ABSENT',
            task.source,
            `no file in folder ${source.folder} fits ${source.pattern}.`,
            'Ask the sender for the file, or correct folder and pattern in the catalog; then run the source again.',
          )
        : null;
  const ending = found ? { problem: found } : { detail: `${wanted.length} files` };
  await end(ports, task.run, task.source, 'look', look, ending);
  return found ? { kind: 'failed' as const, problem: found } : { kind: 'listed' as const, files };
});
