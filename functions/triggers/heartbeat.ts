import type { InvocationContext } from '@azure/functions';
import { post } from '../../activities/run/post';
import type { Catalog, Schedule } from '../../shared/contracts/catalog';
import { runId } from '../../shared/runs/id';
import { OWN_TICKS } from '../../shared/schedules/own';
import { dueTick } from '../../shared/schedules/ticks';
import type { Services } from '../services';
import { reap } from './reap';
import { sweep } from './sweep';
import { watchFreshness } from './watchFreshness';

/** A run sends its letters within a moment; what is older has met a mail service that was away. */
const OVERDUE_MS = 120_000;

/**
 * The one timer: reads the schedules and their last served ticks from the metadata table and starts what is due. A
 * missed tick is caught up once. Runs that stalled are ended, what is late is told, letters that wait are sent. The run's
 * id comes from the tick, so a beat that dies half-way starts nothing twice.
 */
export const heartbeat =
  (services: Services) =>
  async (_timer: unknown, context: InvocationContext): Promise<void> => {
    const catalog = await services.ports.catalogs.current();
    if (!catalog) return;
    const serve = async (schedule: Schedule): Promise<void> => {
      const { catalogs, now } = services.ports;
      const tick = dueTick(schedule, await catalogs.servedTick(schedule.name), now());
      if (tick === null) return;
      const sources = schedule.sources === 'all' ? catalog.sources.map(({ name }) => name) : schedule.sources;
      const run = runId(new Date(tick), schedule.name);
      await services.start(context, {
        run,
        catalog,
        sources,
        trigger: { kind: 'timer', schedule: schedule.name, tick },
        ...(schedule.deletes && { keys: { accepted: null } }),
        ...(schedule.reconcile && { reconcile: true }),
        whenBusy: schedule.overlap,
      });
      await catalogs.serveTick(schedule.name, tick);
    };
    const upkeep = maintain(services, catalog, context);
    await Promise.all([...catalog.schedules.map(serve), sweep(services, catalog, context), upkeep]);
    await reap(services)(context);
    await watchFreshness(services, catalog);
    const { ports } = services;
    await post(ports, new Date(ports.now().getTime() - OVERDUE_MS).toISOString());
  };

/** Maintenance has a schedule of its own; its tick is kept under a name that no schedule of the catalog can have. */
async function maintain({ ports, ...services }: Services, catalog: Catalog, context: InvocationContext): Promise<void> {
  const { schedule } = catalog.maintenance;
  if (!schedule) return;
  const served = await ports.catalogs.servedTick(OWN_TICKS.maintenance);
  // Its ticks count from the first beat that knows of it.
  if (served === null) await ports.catalogs.serveTick(OWN_TICKS.maintenance, ports.now().toISOString());
  const tick = dueTick(schedule, served, ports.now());
  if (tick === null) return;
  await services.maintain(context, {
    run: runId(new Date(tick), OWN_TICKS.maintenance),
    catalog: catalog.version,
    tables: null,
    trigger: { kind: 'timer', schedule: 'maintenance', tick },
  });
  await ports.catalogs.serveTick(OWN_TICKS.maintenance, tick);
}
