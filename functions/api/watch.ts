import { AlertList, Health, ScheduleList } from '../../shared/contracts/api';
import { nextTicks } from '../../shared/schedules/ticks';
import { json, type Route } from '../route';

const NEXT = 5;

const listSchedules: Route = {
  name: 'listSchedules',
  method: 'GET',
  path: 'schedules',
  role: 'Reader',
  answers: ScheduleList,
  handle: async ({ services: { catalog, ports } }) => {
    const { schedules } = await catalog();
    const views = schedules.map(async (schedule) => ({
      schedule,
      next: nextTicks(schedule, ports.now(), NEXT),
      served: await ports.catalogs.servedTick(schedule.name),
    }));
    return json(ScheduleList, { schedules: await Promise.all(views) });
  },
};

const listAlerts: Route = {
  name: 'listAlerts',
  method: 'GET',
  path: 'alerts',
  role: 'Reader',
  answers: AlertList,
  handle: async ({ services: { ports } }) => {
    const entries = await ports.outbox.list(100);
    const alerts = entries.map(({ letter: { to, subject }, ...entry }) => ({ ...entry, to: [...to], subject }));
    return json(AlertList, { alerts });
  },
};

const health: Route = {
  name: 'health',
  method: 'GET',
  path: 'health',
  role: null,
  answers: Health,
  handle: async ({ services: { ports } }) =>
    json(Health, { status: 'ok', catalog: (await ports.catalogs.current())?.version ?? null }),
};

export const watchRoutes: readonly Route[] = [listSchedules, listAlerts, health];
