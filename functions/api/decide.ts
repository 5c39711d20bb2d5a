import type { z } from 'zod';
import { waits } from '../../activities/quarantine/rows';
import { sourceOf, tableOf } from '../../shared/catalog/lookup';
import type { Table } from '../../shared/contracts/catalog';
import {
  Discarded,
  DiscardRows,
  type QuarantinedRow,
  ReplayRequest,
  ReplayRows,
  ReplayStarted,
} from '../../shared/contracts/quarantine';
import { ProblemError } from '../../shared/errors';
import type { Ports } from '../../shared/ports/ports';
import { problem } from '../../shared/problem';
import { askedRows } from '../../shared/quarantine/asked';
import { placeOf, requestPath } from '../../shared/quarantine/place';
import { shelfOf } from '../../shared/windows/lane';
import { audited } from '../audited';
import { all, named } from '../quarantined';
import { bodyOf, type Call, json, notFound, type Route } from '../route';

/** Rows that one run takes up. */
const AT_ONCE = 5000;

const replay: Route = {
  name: 'replayQuarantine',
  method: 'POST',
  path: 'quarantine/replay',
  role: 'Operator',
  takes: ReplayRows,
  answers: ReplayStarted,
  handle: async (call) => {
    const { source, ids, set, reason } = await bodyOf(call, ReplayRows);
    const { services, caller, context } = call;
    const catalog = await services.catalog();
    if (!catalog.sources.some(({ name }) => name === source)) throw notFound(`source ${source}`);
    const table = tableOf(catalog, sourceOf(catalog, source).table);
    const asked = { ids: ids ?? 'all', set: set ?? null };
    const wish = { action: 'quarantine.replay', subject: source, reason, asked } as const;
    return audited(call, wish, async (run) => {
      const waiting = ids ? null : await waitingOf(services.ports, source);
      const taken = await requested(call, run, { source, table, ids, set, reason, waiting });
      const known = new Set(taken.map(({ id }) => id));
      const left = waiting?.filter(({ id }) => !known.has(id)).length ?? 0;
      const trigger = { kind: 'http', actor: caller.actor, reason } as const;
      await services.start(context, { run, catalog, sources: [source], trigger, replay: true });
      const answer = json(ReplayStarted, { run, rows: String(taken.length), left: String(left) }, 202);
      return { before: `${taken.length + left} rows in quarantine`, after: `run ${run}`, answer };
    });
  },
};

type Asked = Pick<z.infer<typeof ReplayRows>, 'source' | 'ids' | 'set' | 'reason'> & {
  readonly table: Table;
  /** What is taken up when no ids are named. */
  readonly waiting: readonly QuarantinedRow[] | null;
};

/** Writes down what the run is to replay, once. */
async function requested(call: Call, run: string, asked: Asked): Promise<ReplayRequest['rows']> {
  const { source, table, ids, set, reason, waiting } = asked;
  const { ports } = call.services;
  const before = await ports.lake.read('quarantine', requestPath(source, run));
  if (before) return ReplayRequest.parse(JSON.parse(Buffer.from(before).toString('utf8'))).rows;
  if (table.replace) throw replaced(source);
  const other = ids?.find((id) => placeOf(id).source !== source);
  if (other !== undefined) throw notFound(`quarantined row ${other} of source ${source}`);
  const rows = waiting ? waiting.slice(0, AT_ONCE) : await named(ports, ids ?? []);
  if (rows.length === 0) throw notFound(`quarantined row of source ${source} that waits`);
  const request = { source, table: table.name, reason, actor: call.caller.actor, rows: askedRows(rows, set) };
  await ports.lake.putOnce('quarantine', requestPath(source, run), Buffer.from(JSON.stringify(request)));
  return request.rows;
}

/** Rows of a source that wait, first those not replayed yet, then longest ago: rows that break again keep none back. */
async function waitingOf(ports: Ports, source: string): Promise<QuarantinedRow[]> {
  const rows = await all(ports, source, (row) => waits(row) && row.kind === 'row');
  const last = ({ decision }: QuarantinedRow) => decision?.at ?? '';
  return rows.reverse().sort((a, b) => (last(a) < last(b) ? -1 : Number(last(a) > last(b))));
}

const replaced = (source: string): ProblemError =>
  new ProblemError(
    problem(
      'REQUEST_INVALID',
      source,
      'each of its windows is the whole table, so a single row cannot be put into it.',
      'Let its sender correct the file, and run the source; then discard the row.',
    ),
  );

const discard: Route = {
  name: 'discardQuarantined',
  method: 'POST',
  path: 'quarantine/discard',
  role: 'Operator',
  takes: DiscardRows,
  answers: Discarded,
  handle: async (call) => {
    const { ids, reason } = await bodyOf(call, DiscardRows);
    const { ports } = call.services;
    const [first = ''] = ids;
    const wish = { action: 'quarantine.discard', subject: placeOf(first).source, reason, asked: { ids } } as const;
    return audited(call, wish, async () => {
      const rows = (await named(ports, ids)).filter(({ state }) => state !== 'discarded');
      const gone = rows.find(({ state }) => state === 'replayed');
      if (gone) {
        const why = 'it was replayed already.';
        throw new ProblemError(problem('REQUEST_INVALID', gone.id, why, 'Only rows that wait can be discarded.'));
      }
      const decision = { state: 'discarded', by: call.caller.actor, at: ports.now().toISOString(), reason } as const;
      for (const { id } of rows) {
        const entry = { ...decision, run: '', reasons: [] };
        const { source, lane, window, place } = placeOf(id);
        await ports.decisions.put(shelfOf(source, lane), window, new Map([[place, entry]]));
      }
      const answer = json(Discarded, { rows: String(rows.length) });
      return { before: `${rows.length} rows in quarantine`, after: 'discarded', answer };
    });
  },
};

export const decideRoutes: readonly Route[] = [replay, discard];
