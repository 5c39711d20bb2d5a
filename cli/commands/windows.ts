import { WindowList } from '../../shared/contracts/api';
import type { Window } from '../../shared/contracts/window';
import { api } from '../api';
import { exits } from '../fault';
import { type Columns, formatOf, printList } from '../print';

const columns: Columns<Window> = [
  ['window', ({ number }) => number],
  ['state', ({ state, problem }) => (problem === null ? state : `${state}: ${problem.code}`)],
  ['read', ({ account }) => account?.read ?? ''],
  ['landed', ({ account }) => account?.landed ?? ''],
  ['rejected', ({ account }) => account?.rejected ?? ''],
  ['merged', ({ outcome }) => outcome?.merged ?? ''],
  ['duplicates', ({ outcome }) => outcome?.duplicates ?? ''],
  ['quarantined', ({ outcome }) => outcome?.quarantined ?? ''],
  ['erased', ({ outcome }) => outcome?.erased ?? ''],
  ['unchanged', ({ outcome }) => outcome?.unchanged ?? ''],
  ['run', ({ run }) => run],
];

/** Shows the account of a source's windows: read = landed + rejected, landed = merged + duplicates + quarantined + erased. */
export async function windows(
  name: string,
  options: { limit: string; files?: boolean; output: string },
): Promise<number> {
  const format = formatOf(options.output);
  const path = `/sources/${encodeURIComponent(name)}/windows?limit=${encodeURIComponent(options.limit)}`;
  const { windows: all } = await api().read(path, WindowList);
  if (options.files) {
    const files = all.flatMap(({ number, byFile }) => byFile.map((file) => ({ window: number, ...file })));
    const counts = ['landed', 'rejected', 'merged', 'duplicates', 'quarantined'] as const;
    printList(format, files, [
      ['window', ({ window }) => window],
      ['file', ({ file }) => file],
      ...counts.map((count) => [count, (row: (typeof files)[number]) => row[count]] as const),
    ]);
  } else printList(format, all, columns);
  const why = all.find(({ state }) => state === 'parked')?.problem;
  if (why && format === 'table')
    process.stdout.write(`\n${why.code} at ${why.where}: ${why.why}\n  Next: ${why.next}\n`);
  return exits.ok;
}
