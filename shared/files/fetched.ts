import type { ListedFile } from '../contracts/files';
import type { FactoryActivity } from '../ports/factory';
import { listedFiles } from '../sources/copyOutput';

/** What a transfer came to, file by file. */
export interface Fetched {
  readonly here: ListedFile[];
  readonly missing: { file: ListedFile; reason: string }[];
}

/** A file is here when its copy went through and its size and time are, after it, what they were before. */
export function fetched(wanted: readonly ListedFile[], activities: readonly FactoryActivity[]): Fetched {
  const after = new Map(listedFiles(activities, 'Look after').map((file) => [file.name, file]));
  const failed = new Map(
    activities.flatMap(({ name, problem, properties }) =>
      name === 'Bring file' && problem ? [[properties['File'], problem.why] as const] : [],
    ),
  );
  const reasonOf = (file: ListedFile): string | null => {
    const why = failed.get(file.name);
    if (why !== undefined) return why;
    const later = after.get(file.name);
    if (!later) return 'it was taken away while it was read';
    return later.bytes === file.bytes && later.modified === file.modified ? null : 'it changed while it was read';
  };
  const judged = wanted.map((file) => ({ file, reason: reasonOf(file) }));
  return {
    here: judged.flatMap(({ file, reason }) => (reason === null ? [file] : [])),
    missing: judged.flatMap(({ file, reason }) => (reason === null ? [] : [{ file, reason }])),
  };
}
