import { declaresDeletes, hasLikeContent, sourceOf, tableOf } from '../../shared/catalog/lookup';
import { openRun as contract } from '../../shared/contracts/steps';
import { recordOf } from '../../shared/runs/record';
import { implement } from '../implement';
import { catalogLaid } from '../pinned';

/** The run appears in the record, and the catalog it is pinned to lies in the lake for the notebooks to read. */
export const openRun = implement(contract, (ports, { pace }) => async (request) => {
  const catalog = await catalogLaid(ports, request.catalog);
  const { run, trigger } = request;
  const started = (await ports.runs.get(run))?.started ?? ports.now().toISOString();
  await ports.runs.put(recordOf(request, { status: 'Running', started, ended: null }));
  const whenBusy = request.whenBusy ?? (trigger.kind === 'http' ? 'wait' : 'queue');
  const common = {
    run,
    catalog: catalog.version,
    pace,
    byHand: trigger.kind === 'http',
    attempts: catalog.limits.attempts,
  };
  return {
    parallel: catalog.limits.parallelSources,
    tasks: request.sources.map((name) => {
      const source = sourceOf(catalog, name);
      const keys = declaresDeletes(source) ? request.keys : undefined;
      const reconcile = hasLikeContent(catalog, source) ? ('content' as const) : ('bronze' as const);
      const { replace } = tableOf(catalog, source.table);
      const how = {
        ...(keys && { keys }),
        ...(request.reconcile && { reconcile }),
        ...(replace && { replaces: true }),
      };
      // A run that waits already would compare nothing in its stead.
      const alone = (keys || request.reconcile) && whenBusy === 'queue' ? 'wait' : whenBusy;
      return { ...common, whenBusy: alone, source: name, kind: source.kind, ...how };
    }),
  };
});
