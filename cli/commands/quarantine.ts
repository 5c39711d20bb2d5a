import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { Discarded, QuarantinedRow, QuarantineList, ReplayStarted } from '../../shared/contracts/quarantine';
import { api } from '../api';
import { exits, Fault } from '../fault';
import { type Columns, formatOf, printList } from '../print';
import { watch } from '../watch';
import { exitOf, printDetail } from './runs';

interface Listing {
  readonly source?: string;
  readonly window?: string;
  readonly state?: string;
  readonly limit: string;
  readonly after?: string;
  readonly output: string;
}

const columns: Columns<QuarantinedRow> = [
  ['id', ({ id }) => id],
  ['state', ({ state }) => state],
  ['reasons', ({ reasons }) => reasons.join('; ')],
  ['file', ({ file }) => file ?? ''],
  ['line', ({ line }) => line ?? ''],
  ['payload', ({ payload }) => payload],
];

/** Lists rows that were put aside; those that wait for a decision unless a state is named. */
export async function list({ output, ...narrowed }: Listing): Promise<number> {
  const format = formatOf(output);
  const { rows, next } = await filled(narrowed);
  printList(format, rows, columns);
  if (next !== null && format === 'table') process.stderr.write(`There may be more: --after ${next}\n`);
  return exits.ok;
}

/** As many rows as were asked for: one answer of the API does not look through everything. */
async function filled({ limit, ...narrowed }: Omit<Listing, 'output'>): Promise<z.infer<typeof QuarantineList>> {
  const client = api();
  const rows: QuarantinedRow[] = [];
  let after = narrowed.after;
  for (;;) {
    const left = rows.length === 0 ? limit : String(Number(limit) - rows.length);
    const query = new URLSearchParams({ ...narrowed, limit: left, ...(after !== undefined && { after }) });
    const page = await client.read(`/quarantine?${query}`, QuarantineList);
    rows.push(...page.rows);
    if (page.next === null || rows.length >= Number(limit)) return { rows, next: page.next };
    after = page.next;
  }
}

/** Shows one row with everything that is known of it. */
export async function show(id: string, options: { output: string }): Promise<number> {
  const format = formatOf(options.output);
  const row = await api().read(`/quarantine/${encodeURIComponent(id)}`, QuarantinedRow);
  if (format === 'json') process.stdout.write(`${JSON.stringify(row, null, 2)}\n`);
  else {
    const { decision, payload, ...rest } = row;
    const facts = Object.entries({
      ...rest,
      ...(decision ? { decided: `${decision.by}: ${decision.reason}` } : {}),
      payload,
    });
    printList(format, facts, [
      ['field', ([name]) => name],
      ['value', ([, value]) => (Array.isArray(value) ? value.join('; ') : String(value ?? ''))],
    ]);
  }
  return exits.ok;
}

interface Replaying {
  readonly source?: string;
  readonly set: string[];
  readonly reason: string;
  readonly wait?: boolean;
  readonly key?: string;
  readonly output: string;
}

/** Puts rows through the rules of the current catalog once more; those that wait of a source when none is named. */
export async function replay(ids: string[], { source, set, reason, wait, key, output }: Replaying): Promise<number> {
  const format = formatOf(output);
  const of = source ?? ids[0]?.split('.')[0];
  if (of === undefined) throw new Fault(exits.usage, 'USAGE', 'No row is named.', 'Name ids, or a --source for all.');
  const client = api();
  const wanted = {
    source: of,
    reason,
    ...(ids.length > 0 && { ids }),
    ...(set.length > 0 && { set: corrections(set) }),
  };
  const started = await client.change('/quarantine/replay', ReplayStarted, wanted, key);
  if (started.left !== '0') {
    process.stderr.write(
      `${started.left} rows that wait are left: the same command takes them when this run has ended.\n`,
    );
  }
  if (!wait) {
    process.stdout.write(format === 'json' ? `${JSON.stringify(started)}\n` : `${started.run}  ${started.rows} rows\n`);
    return exits.ok;
  }
  const detail = await watch(client, started.run, format === 'table' ? process.stdout : process.stderr);
  printDetail(detail, format, { steps: false });
  return exitOf(detail);
}

/** `column=value` as it is typed; a lone `column` is NULL. */
function corrections(set: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    set.map((text) => {
      const at = text.indexOf('=');
      return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** Decides that rows are not wanted; `-` reads ids from standard input. */
export async function discard(
  ids: string[],
  options: { reason: string; key?: string; output: string },
): Promise<number> {
  const format = formatOf(options.output);
  const named = ids.flatMap((id) => (id === '-' ? readFileSync(0, 'utf8').split(/\s+/).filter(Boolean) : [id]));
  const body = { ids: named, reason: options.reason };
  const done = await api().change('/quarantine/discard', Discarded, body, options.key);
  process.stdout.write(format === 'json' ? `${JSON.stringify(done)}\n` : `${done.rows} rows discarded.\n`);
  return exits.ok;
}
