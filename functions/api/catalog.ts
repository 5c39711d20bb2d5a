import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type CatalogFault, parseCatalog } from '../../shared/catalog/parse';
import { CatalogFaults, CatalogView } from '../../shared/contracts/api';
import type { Catalog } from '../../shared/contracts/catalog';
import { problem } from '../../shared/problem';
import { audited } from '../audited';
import { type Call, json, queryOf, type Route } from '../route';

const LONGEST = 1_000_000;
const YAML = 'text/yaml';
const Why = z.object({ reason: z.string().trim().min(1).max(500).default('published') });

const view = ({ version, shop, sources, tables, datasets, schedules }: Catalog) =>
  json(CatalogView, {
    version,
    shop,
    sources,
    tables: tables.map(({ name, columns, layout }) => ({ name, columns, layout })),
    datasets,
    schedules,
  });

const read = async ({ request }: Call) => parseCatalog((await request.text()).slice(0, LONGEST));

const faulty = (faults: CatalogFault[]) =>
  json(
    CatalogFaults,
    {
      problem: problem('CATALOG_INVALID', 'catalog', `${faults.length} faults.`, 'Cure them and send the file again.'),
      faults,
    },
    422,
  );

const getCatalog: Route = {
  name: 'getCatalog',
  method: 'GET',
  path: 'catalog',
  role: 'Reader',
  answers: CatalogView,
  handle: async ({ services }) => view(await services.catalog()),
};

const publishCatalog: Route = {
  name: 'publishCatalog',
  method: 'POST',
  path: 'catalog',
  role: 'Admin',
  query: Why,
  takesText: YAML,
  answers: CatalogView,
  handle: async (call) => {
    const parsed = await read(call);
    if (parsed.kind === 'faults') return faulty(parsed.faults);
    const { reason } = queryOf(call.request, Why);
    const asked = { sha256: createHash('sha256').update(JSON.stringify(parsed.content)).digest('hex') };
    const wish = { action: 'catalog.publish', subject: parsed.content.shop, reason, asked } as const;
    return audited(call, wish, async () => {
      const { catalogs, now } = call.services.ports;
      const before = await catalogs.current();
      const catalog = await catalogs.publish(parsed.content, call.caller.actor);
      // From now on: a schedule that was never served counts its ticks from here.
      for (const { name } of catalog.schedules) {
        if ((await catalogs.servedTick(name)) === null) await catalogs.serveTick(name, now().toISOString());
      }
      const was = before ? `version ${before.version}` : 'none';
      return { before: was, after: `version ${catalog.version}`, answer: view(catalog) };
    });
  },
};

const validateCatalog: Route = {
  name: 'validateCatalog',
  method: 'POST',
  path: 'catalog/validate',
  role: 'Reader',
  takesText: YAML,
  handle: async (call) => {
    const parsed = await read(call);
    return parsed.kind === 'faults' ? faulty(parsed.faults) : { status: 204 };
  },
};

export const catalogRoutes: readonly Route[] = [getCatalog, publishCatalog, validateCatalog];
