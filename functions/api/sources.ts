import { z } from 'zod';
import { History, SourceList, WindowList } from '../../shared/contracts/api';
import { ageOf } from '../freshness';
import { type Call, json, notFound, parameter, queryOf, type Route } from '../route';
import { watermarkOf } from './watermarks';

const Limit = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) });

const listSources: Route = {
  name: 'listSources',
  method: 'GET',
  path: 'sources',
  role: 'Reader',
  answers: SourceList,
  handle: async ({ services: { catalog, ports } }) => {
    const { sources } = await catalog();
    const views = sources.map(async (source) => {
      const [{ watermark }, open, busy, waiting] = await Promise.all([
        watermarkOf(ports, source.name),
        ports.ledger.open(source.name),
        ports.ledger.holder(source.name),
        ports.ledger.waiting(source.name),
      ]);
      return { source, watermark, open, busy, waiting, freshness: ageOf(source, watermark, ports.now()) };
    });
    return json(SourceList, { sources: await Promise.all(views) });
  },
};

/** The source that the path names. @throws ProblemError NOT_FOUND */
export const named = async ({ request, services }: Call): Promise<string> => {
  const name = parameter(request, 'source');
  if (!(await services.catalog()).sources.some((source) => source.name === name)) throw notFound(`source ${name}`);
  return name;
};

const limitOf = ({ request }: Call): number => queryOf(request, Limit).limit;

const listWindows: Route = {
  name: 'listWindows',
  method: 'GET',
  path: 'sources/{source}/windows',
  role: 'Reader',
  query: Limit,
  answers: WindowList,
  handle: async (call) =>
    json(WindowList, { windows: await call.services.ports.ledger.windows(await named(call), limitOf(call)) }),
};

const listHistory: Route = {
  name: 'listHistory',
  method: 'GET',
  path: 'sources/{source}/history',
  role: 'Reader',
  query: Limit,
  answers: History,
  handle: async (call) =>
    json(History, { events: await call.services.ports.ledger.history(await named(call), limitOf(call)) }),
};

export const sourceRoutes: readonly Route[] = [listSources, listWindows, listHistory];
