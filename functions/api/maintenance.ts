import { Started, StartMaintenance } from '../../shared/contracts/api';
import { audited } from '../audited';
import { bodyOf, json, notFound, type Route } from '../route';

const maintain: Route = {
  name: 'startMaintenance',
  method: 'POST',
  path: 'maintenance',
  role: 'Operator',
  takes: StartMaintenance,
  answers: Started,
  handle: async (call) => {
    const { services, caller, context } = call;
    const { tables, reason } = await bodyOf(call, StartMaintenance);
    const catalog = await services.catalog();
    const names = [...catalog.tables, ...catalog.datasets].map(({ name }) => name);
    const unknown = tables?.find((name) => !names.includes(name));
    if (unknown !== undefined) throw notFound(`table ${unknown}`);
    const trigger = { kind: 'http', actor: caller.actor, reason } as const;
    const wish = {
      action: 'maintenance.start',
      subject: tables?.join(' ') ?? 'all',
      reason,
      asked: { tables },
    } as const;
    return audited(call, wish, async (run) => {
      await services.maintain(context, { run, catalog: catalog.version, tables: tables ?? null, trigger });
      return { before: '', after: 'started', answer: json(Started, { run }, 202) };
    });
  },
};

export const maintenanceRoutes: readonly Route[] = [maintain];
