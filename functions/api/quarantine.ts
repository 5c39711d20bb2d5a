import { z } from 'zod';
import { waits } from '../../activities/quarantine/rows';
import { sourceOf, tableOf } from '../../shared/catalog/lookup';
import type { Catalog } from '../../shared/contracts/catalog';
import { Count } from '../../shared/contracts/ids';
import { QuarantinedRow, QuarantineId, QuarantineList, QuarantineState } from '../../shared/contracts/quarantine';
import { masked } from '../../shared/quarantine/mask';
import { placeOf } from '../../shared/quarantine/place';
import { ROLES } from '../access';
import { listed, named } from '../quarantined';
import { type Call, json, notFound, parameter, queryOf, type Route, understood } from '../route';

const Page = z.object({
  source: z.string().optional(),
  window: Count.optional(),
  state: QuarantineState.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  after: QuarantineId.optional(),
});

/** Personal data is for those who work with the rows; a reader sees where it was. */
const shown = ({ caller }: Call, catalog: Catalog, row: QuarantinedRow): QuarantinedRow =>
  ROLES.indexOf(caller.role) >= ROLES.indexOf('Operator')
    ? row
    : { ...row, ...masked(tableOf(catalog, sourceOf(catalog, row.source).table), row.kind, row.payload) };

const listRows: Route = {
  name: 'listQuarantine',
  method: 'GET',
  path: 'quarantine',
  role: 'Reader',
  query: Page,
  answers: QuarantineList,
  handle: async (call) => {
    const { source, window, state, limit, after } = queryOf(call.request, Page);
    const catalog = await call.services.catalog();
    const names = catalog.sources.map(({ name }) => name).filter((name) => source === undefined || name === source);
    if (source !== undefined && names.length === 0) throw notFound(`source ${source}`);
    const keep = (row: QuarantinedRow) => (state === undefined ? waits(row) : row.state === state);
    const { rows, next } = await listed(call.services.ports, names, limit, { window, after, keep });
    return json(QuarantineList, { rows: rows.map((row) => shown(call, catalog, row)), next });
  },
};

const showRow: Route = {
  name: 'showQuarantined',
  method: 'GET',
  path: 'quarantine/{id}',
  role: 'Reader',
  answers: QuarantinedRow,
  handle: async (call) => {
    const id = understood(QuarantineId, parameter(call.request, 'id'));
    const catalog = await call.services.catalog();
    if (!catalog.sources.some(({ name }) => name === placeOf(id).source)) throw notFound(`quarantined row ${id}`);
    const [row] = await named(call.services.ports, [id]);
    if (!row) throw notFound(`quarantined row ${id}`);
    return json(QuarantinedRow, shown(call, catalog, row));
  },
};

export const quarantineRoutes: readonly Route[] = [listRows, showRow];
