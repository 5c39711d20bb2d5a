import { Started } from '../../shared/contracts/api';
import type { Reconciled } from '../../shared/contracts/listing';
import type { Run } from '../../shared/contracts/run';
import { api } from '../api';
import { exits } from '../fault';
import { type Columns, formatOf, printList } from '../print';
import { watch } from '../watch';
import { exitOf } from './runs';

type Standing = Reconciled & { readonly source: string };

/** Takes the windows of sources through, then holds bronze and silver against them; fails when they differ. */
export async function reconcile(options: {
  readonly source: string[];
  readonly reason?: string;
  readonly key?: string;
  readonly output: string;
}): Promise<number> {
  const { source, reason = 'compared by hand', key, output } = options;
  const format = formatOf(output);
  const client = api();
  const wish = { ...(source.length > 0 && { sources: source }), reconcile: true, reason };
  const { run } = await client.change('/runs', Started, wish, key);
  const detail = await watch(client, run, format === 'table' ? process.stdout : process.stderr);
  const standings = detail.run.sources.flatMap(standingOf);
  printList(format, standings, columns);
  if (format === 'table') for (const standing of standings) printDifferences(standing);
  return standings.some(({ outcome }) => outcome !== 'agrees') ? exits.failedRun : exitOf(detail);
}

const standingOf = ({ source, reconciled }: Run['sources'][number]): Standing[] =>
  reconciled ? [{ source, ...reconciled }] : [];

const columns: Columns<Standing> = [
  ['source', ({ source }) => source],
  ['outcome', ({ outcome }) => outcome],
  ['windows', ({ bronze }) => bronze?.windows ?? ''],
  ['rows in bronze', ({ bronze }) => bronze?.landed ?? ''],
  ['taken in', ({ bronze }) => bronze?.taken ?? ''],
  ['broken files', ({ bronze }) => bronze?.broken ?? ''],
  ['rows at source', ({ content }) => content?.source ?? ''],
  ['rows in silver', ({ content }) => content?.silver ?? ''],
  ['keys that differ', ({ content }) => content?.differing ?? ''],
];

function printDifferences({ source, bronze, content }: Standing): void {
  printSome(bronze?.faults ?? [], [
    [`${source}: window`, ({ window }) => window],
    ['file in bronze', ({ file }) => file],
    ['what it is', ({ fault }) => fault],
  ]);
  printSome(content?.keys ?? [], [
    [`${source}: key`, ({ key }) => key],
    ['held by', ({ held }) => held],
    ['differs in', ({ columns: names }) => names.join(', ')],
  ]);
}

function printSome<Row>(rows: readonly Row[], titled: Columns<Row>): void {
  if (rows.length > 0) printList('table', rows, titled);
}
