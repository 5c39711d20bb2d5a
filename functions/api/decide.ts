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
import { problem } from '../../shared/problem';
import { askedRows } from '../../shared/quarantine/asked';
import { placeOf, requestPath } from '../../shared/quarantine/place';
import { audited } from '../audited';
import { listed, named } from '../quarantined';
import { bodyOf, type Call, json, notFound, type Route } from '../route';

const AT_ONCE = 5000;

const replay: Route = {
  name: 'replayQuarantine',
  method: 'POST',
  path: 'quarantine/replay',
  role: 'Operator',
  takes: ReplayRows,
  answers: ReplayStarted,
  handle: async (call) => {
    const { source, ids, set, reason } = ReplayRows.parse(await bodyOf(call));
    const { services, caller, context } = call;
    const catalog = await services.catalog();
    if (!catalog.sources.some(({ name }) => name === source)) throw notFound(`source ${source}`);
    const table = tableOf(catalog, sourceOf(catalog, source).table);
    const asked = { ids: ids ?? 'all', set: set ?? null };
    const wish = { action: 'quarantine.replay', subject: source, reason, asked } as const;
    return audited(call, wish, async (run) => {
      const rows = await requested(call, run, { source, table, ids, set, reason });
      const trigger = { kind: 'http', actor: caller.actor, reason } as const;
      await services.start(context, { run, catalog, sources: [source], trigger, replay: true });
      const answer = json(ReplayStarted, { run, rows: String(rows) }, 202);
      return { before: `${rows} rows in quarantine`, after: `run ${run}`, answer };
    });
  },
};

type Asked = Pick<z.infer<typeof ReplayRows>, 'source' | 'ids' | 'set' | 'reason'> & { table: Table };

/** Writes down what the run is to replay, once: how many rows that are. */
async function requested(call: Call, run: string, { source, table, ids, set, reason }: Asked): Promise<number> {
  const { ports } = call.services;
  const before = await ports.lake.read('quarantine', requestPath(run));
  if (before) return ReplayRequest.parse(JSON.parse(Buffer.from(before).toString('utf8'))).rows.length;
  if (table.replace) throw replaced(source);
  const other = ids?.find((id) => placeOf(id).source !== source);
  if (other !== undefined) throw notFound(`quarantined row ${other} of source ${source}`);
  const all = { keep: (row: QuarantinedRow) => waits(row) && row.kind === 'row' };
  const rows = ids ? await named(ports, ids) : await listed(ports, source, AT_ONCE, all);
  if (rows.length === 0) throw notFound(`quarantined row of source ${source} that waits`);
  const request = { source, table: table.name, reason, actor: call.caller.actor, rows: askedRows(rows, set) };
  await ports.lake.putOnce('quarantine', requestPath(run), Buffer.from(JSON.stringify(request)));
  return rows.length;
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
    const { ids, reason } = DiscardRows.parse(await bodyOf(call));
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
      for (const { source, window, id } of rows) {
        const entry = { ...decision, run: '', reasons: [] };
        await ports.decisions.put(source, window, new Map([[placeOf(id).place, entry]]));
      }
      const answer = json(Discarded, { rows: String(rows.length) });
      return { before: `${rows.length} rows in quarantine`, after: 'discarded', answer };
    });
  },
};

export const decideRoutes: readonly Route[] = [replay, discard];
