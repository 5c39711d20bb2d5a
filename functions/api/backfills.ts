import { sourceOf, tableOf } from '../../shared/catalog/lookup';
import { BackfillStarted, StartBackfill } from '../../shared/contracts/operate';
import { ProblemError } from '../../shared/errors';
import { judgeBackfill } from '../../shared/windows/backfill';
import { audited } from '../audited';
import { bodyOf, json, notFound, type Route } from '../route';

const startBackfill: Route = {
  name: 'startBackfill',
  method: 'POST',
  path: 'backfills',
  role: 'Operator',
  takes: StartBackfill,
  answers: BackfillStarted,
  handle: async (call) => {
    const { reason, ...asked } = await bodyOf(call, StartBackfill);
    const { services, caller, context } = call;
    const catalog = await services.catalog();
    if (!catalog.sources.some(({ name }) => name === asked.source)) throw notFound(`source ${asked.source}`);
    const source = sourceOf(catalog, asked.source);
    const wish = { action: 'backfill.start', subject: source.name, reason, asked } as const;
    return audited(call, wish, async (run) => {
      const watermark = await services.ports.ledger.watermark(source.name);
      const table = tableOf(catalog, source.table);
      const judged = judgeBackfill({ ...asked, source, table, watermark, size: asked.window });
      if (judged.kind === 'refused') throw new ProblemError(judged.problem);
      const { from, to, windows } = judged;
      const bounds = { source: source.name, from, to, size: asked.window, parallel: asked.parallel };
      const aside = { kind: 'backfill', lanes: run, ...bounds } as const;
      const trigger = { kind: 'http', actor: caller.actor, reason } as const;
      await services.start(context, { run, catalog, sources: [source.name], trigger, aside });
      return {
        before: watermark?.cursor ?? '',
        after: `${windows} windows in (${from}, ${to}]; the watermark stays`,
        answer: json(BackfillStarted, { run, windows }, 202),
      };
    });
  },
};

export const backfillRoutes: readonly Route[] = [startBackfill];
