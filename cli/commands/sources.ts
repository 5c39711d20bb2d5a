import { History, SourceList } from '../../shared/contracts/api';
import { api } from '../api';
import { exits } from '../fault';
import { freshText } from '../freshText';
import { formatOf, printList } from '../print';

const askSources = async () => (await api().read('/sources', SourceList)).sources;

/** Lists the sources with how far each has come. */
export async function sources(options: { output: string }): Promise<number> {
  const format = formatOf(options.output);
  printList(format, await askSources(), [
    ['source', ({ source }) => source.name],
    ['kind', ({ source }) => source.kind],
    ['table', ({ source }) => source.table],
    ['window', ({ watermark }) => watermark?.window ?? ''],
    ['watermark', ({ watermark }) => watermark?.cursor ?? ''],
    ['committed', ({ watermark }) => watermark?.committed ?? 'never'],
    ['fresh', ({ freshness }) => freshText(freshness)],
    ['open window', ({ open }) => (open === null ? '' : `${open.number} ${open.state}`)],
    ['busy with', ({ busy }) => busy ?? ''],
    ['waiting', ({ waiting }) => waiting?.run ?? ''],
  ]);
  return exits.ok;
}

/** Shows who moved a source's windows and watermark, when and why. */
export async function history(name: string, options: { output: string }): Promise<number> {
  const format = formatOf(options.output);
  const { events } = await api().read(`/sources/${encodeURIComponent(name)}/history`, History);
  printList(format, events, [
    ['at', ({ at }) => at],
    ['what', ({ what }) => what],
    ['run', ({ run }) => run],
    ['detail', ({ detail }) => detail],
  ]);
  return exits.ok;
}
