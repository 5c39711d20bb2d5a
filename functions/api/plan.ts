import { z } from 'zod';
import { formsOf } from '../../activities/gold/feeds';
import type { Catalog } from '../../shared/contracts/catalog';
import { Plan } from '../../shared/contracts/plan';
import { ProblemError } from '../../shared/errors';
import type { Ports } from '../../shared/ports/ports';
import { problem } from '../../shared/problem';
import { planOf } from '../../shared/runs/plan';
import { lostWatermark } from '../../shared/windows/next';
import { json, notFound, type Route, understood } from '../route';
import { watermarkOf } from './watermarks';

/** Windows that an estimate goes by. */
const RECENT = 11;

/** The sources by name, or all of them. @throws ProblemError NOT_FOUND for one that the catalog does not name */
export function wantedSources({ sources }: Catalog, names: readonly string[] | undefined): string[] {
  const known = sources.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined) throw notFound(`source ${unknown}`);
  return names ? [...names] : known;
}

/** What a run by hand of these sources would do now. Reads the ledger and nothing else. */
export async function planNow(ports: Ports, catalog: Catalog, names: readonly string[]): Promise<Plan> {
  const wanted = catalog.sources.filter(({ name }) => names.includes(name));
  const known = await Promise.all(
    wanted.map(async (source) => {
      const [{ watermark, damaged }, windows, busy] = await Promise.all([
        watermarkOf(ports, source.name),
        ports.ledger.windows(source.name, RECENT),
        ports.ledger.holder(source.name),
      ]);
      const problem = damaged ?? lostWatermark({ source: source.name, watermark, newest: windows[0] ?? null });
      return { source, watermark, windows, busy, problem };
    }),
  );
  const published = await formsOf(ports, catalog);
  return planOf(catalog, known, new Set(published.keys()), ports.now());
}

/** @throws ProblemError PLAN_STALE when what would be done now is not what that plan showed */
export async function refuseStale(
  ports: Ports,
  catalog: Catalog,
  names: readonly string[],
  plan: string,
): Promise<void> {
  const now = await planNow(ports, catalog, names);
  if (now.plan === plan) return;
  throw new ProblemError(
    problem(
      'PLAN_STALE',
      `plan ${plan}`,
      `a run of ${names.join(', ')} would not do what it showed: catalog or ledger have moved since, or it is a plan of other sources.`,
      'Name the very sources that it was made of, or make a new plan and look at it.',
    ),
  );
}

const Query = z.object({ source: z.array(z.string()).optional() });

const getPlan: Route = {
  name: 'getPlan',
  method: 'GET',
  path: 'plan',
  role: 'Reader',
  query: Query,
  answers: Plan,
  handle: async ({ request, services }) => {
    const asked = request.query.getAll('source');
    const { source } = understood(Query, { source: asked.length > 0 ? asked : undefined });
    const catalog = await services.catalog();
    return json(Plan, await planNow(services.ports, catalog, wantedSources(catalog, source)));
  },
};

export const planRoutes: readonly Route[] = [getPlan];
