import { sourceOf } from '../../shared/catalog/lookup';
import { admitFiles as contract } from '../../shared/contracts/steps';
import type { InputFile } from '../../shared/contracts/window';
import { matches } from '../../shared/files/match';
import { fetchedFolder } from '../../shared/windows/paths';
import { implement } from '../implement';
import { catalogOf } from '../pinned';

/** The files in landing that no committed window has held, known by what is in them and not by their names. */
export const admitFiles = implement(contract, (ports) => async ({ task }) => {
  const source = sourceOf(await catalogOf(ports, task.catalog), task.source);
  if (source.kind === 'mysql') return { files: [] };
  const folder = source.kind === 'blob' ? source.folder : `${fetchedFolder(source.name)}/${task.run}`;
  const listed = await ports.lake.list('landing', folder);
  const wanted = listed.filter(({ path }) => matches(source.pattern, fileName(path)));
  const digested = await Promise.all(wanted.map(({ path }) => ports.lake.digest('landing', path)));
  const files = wanted.flatMap(({ path }, at): InputFile[] => {
    const digest = digested[at];
    return digest ? [{ path, name: fileName(path), ...digest }] : [];
  });
  const known = new Set(
    await ports.ledger.known(
      source.name,
      files.map(({ sha256 }) => sha256),
    ),
  );
  const seen = new Set<string>();
  return { files: files.filter(({ sha256 }) => !known.has(sha256) && !seen.has(sha256) && seen.add(sha256)) };
});

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
