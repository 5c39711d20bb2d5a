import { FileList } from '../../shared/contracts/api';
import { api } from '../api';
import { exits } from '../fault';
import { formatOf, printList } from '../print';

/** Lists the files of a source that were seen, and what became of each. */
export async function files(source: string, options: { output: string; outcome?: string }): Promise<number> {
  const format = formatOf(options.output);
  const query = options.outcome === undefined ? '' : `&outcome=${encodeURIComponent(options.outcome)}`;
  const found = await api().read(`/sources/${encodeURIComponent(source)}/files?limit=1000${query}`, FileList);
  printList(format, found.files, [
    ['file', ({ name }) => name],
    ['outcome', ({ outcome }) => outcome],
    ['bytes', ({ bytes }) => bytes],
    ['sha256', ({ sha256 }) => (format === 'table' ? (sha256?.slice(0, 12) ?? '') : (sha256 ?? ''))],
    ['first seen', ({ first }) => first],
    ['window', ({ window }) => window ?? ''],
    ['reason', ({ reason }) => reason],
  ]);
  return exits.ok;
}
