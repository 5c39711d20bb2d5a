import { WatermarkReset, WatermarkView } from '../../shared/contracts/operate';
import { api } from '../api';
import { confirmed } from '../confirm';
import { exits, Fault } from '../fault';
import { formatOf, printList } from '../print';

const pathOf = (source: string): string => `/sources/${encodeURIComponent(source)}/watermark`;

/** Shows the watermark of one source, or why it cannot be read. */
export async function get(source: string, options: { output: string }): Promise<number> {
  const format = formatOf(options.output);
  const { watermark, damaged } = await api().read(pathOf(source), WatermarkView);
  if (damaged) throw new Fault(exits.failedRun, damaged.code, `${damaged.where}: ${damaged.why}`, damaged.next);
  printList(format, watermark === null ? [] : [watermark], [
    ['source', (of) => of.source],
    ['watermark', ({ cursor }) => cursor ?? ''],
    ['window', ({ window }) => window],
    ['run', ({ run }) => run],
    ['committed', ({ committed }) => committed],
  ]);
  return exits.ok;
}

export interface ResetOptions {
  readonly to?: string;
  readonly fullLoad?: boolean;
  readonly reason: string;
  readonly yes?: boolean;
  readonly key?: string;
  readonly output: string;
}

/** Sends a source back to an earlier cursor, or to its beginning, from where it stands now. */
export async function reset(source: string, options: ResetOptions): Promise<number> {
  const { to, fullLoad = false, reason, yes = false, key } = options;
  const format = formatOf(options.output);
  if ((to === undefined) !== fullLoad) {
    throw new Fault(exits.usage, 'USAGE', 'Where to?', 'Name a cursor with --to, or say --full-load, not both.');
  }
  const client = api();
  const from = (await client.read(pathOf(source), WatermarkView)).watermark?.cursor ?? null;
  await confirmed(`${source} goes from ${from ?? 'no watermark'} back to ${to ?? 'its beginning'}.`, yes);
  const body = { to: to ?? null, from, fullLoad, reason };
  const done = await client.change(`${pathOf(source)}/reset`, WatermarkReset, body, key);
  printList(
    format,
    [done],
    [
      ['source', ({ watermark }) => watermark.source],
      ['before', ({ before }) => before ?? ''],
      ['after', ({ watermark }) => watermark.cursor ?? 'full load'],
      ['by', ({ watermark }) => watermark.run],
    ],
  );
  return exits.ok;
}
