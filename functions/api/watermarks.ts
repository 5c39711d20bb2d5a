import type { Source } from '../../shared/contracts/catalog';
import { ResetWatermark, WatermarkReset, WatermarkView } from '../../shared/contracts/operate';
import type { Watermark } from '../../shared/contracts/window';
import { ProblemError } from '../../shared/errors';
import type { Ports } from '../../shared/ports/ports';
import { problem } from '../../shared/problem';
import { judgeReset } from '../../shared/windows/reset';
import { audited } from '../audited';
import { bodyOf, type Call, json, notFound, parameter, type Route } from '../route';

const LEASE_SECONDS = 60;

const sourceOf = async ({ request, services }: Call): Promise<Source> => {
  const name = parameter(request, 'source');
  const source = (await services.catalog()).sources.find((one) => one.name === name);
  if (!source) throw notFound(`source ${name}`);
  return source;
};

/** A watermark that cannot be read is shown as a problem, so that it can be seen and reset. */
export async function watermarkOf({ ledger }: Ports, source: string) {
  try {
    return { watermark: await ledger.watermark(source), damaged: null };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'WATERMARK_LOST') throw error;
    return { watermark: null, damaged: error.problem };
  }
}

const getWatermark: Route = {
  name: 'getWatermark',
  method: 'GET',
  path: 'sources/{source}/watermark',
  role: 'Reader',
  answers: WatermarkView,
  handle: async (call) => {
    const { name: source } = await sourceOf(call);
    const { ports } = call.services;
    const [known, [newest], busy] = await Promise.all([
      watermarkOf(ports, source),
      ports.ledger.windows(source, 1),
      ports.ledger.holder(source),
    ]);
    return json(WatermarkView, { source, ...known, newest: newest ?? null, busy });
  },
};

const resetWatermark: Route = {
  name: 'resetWatermark',
  method: 'POST',
  path: 'sources/{source}/watermark/reset',
  role: 'Admin',
  takes: ResetWatermark,
  answers: WatermarkReset,
  handle: async (call) => {
    const wish = await bodyOf(call, ResetWatermark);
    const source = await sourceOf(call);
    const { to, from, fullLoad, reason } = wish;
    const asked = { to, from, fullLoad };
    return audited(call, { action: 'watermark.reset', subject: source.name, reason, asked }, async (id) => {
      const watermark = await reset(call, source, wish, id);
      const answer = json(WatermarkReset, { watermark, before: from });
      return { before: from ?? 'none', after: watermark.cursor ?? 'full load', answer };
    });
  },
};

/** Under a lease of its own, as a run would: nothing else writes the source meanwhile, and a stale writer is fenced off. */
async function reset(call: Call, source: Source, wish: Wish, id: string): Promise<Watermark> {
  const { ledger } = call.services.ports;
  const taken = await ledger.acquire(source.name, id, LEASE_SECONDS);
  if (taken.kind === 'busy') throw busy(source.name, taken.holder);
  try {
    const { watermark } = await watermarkOf(call.services.ports, source.name);
    // The same request came before, and its answer was lost.
    if (watermark?.run === id) return watermark;
    const windows = await ledger.windows(source.name, 200);
    const cursor = source.kind === 'mysql' ? source.cursor : null;
    const judged = judgeReset({ ...wish, source: source.name, cursor, watermark, windows });
    if (judged.kind === 'refused') throw new ProblemError(judged.problem);
    return await ledger.reset(taken.lease, judged.to, `${call.caller.actor}: ${wish.reason}`);
  } finally {
    await ledger.release(taken.lease);
  }
}

type Wish = ReturnType<typeof ResetWatermark.parse>;

const busy = (source: string, holder: string): ProblemError =>
  new ProblemError(
    problem('SOURCE_BUSY', source, `run ${holder} is at work on it.`, 'Wait for its end, or cancel it; then reset.'),
  );

export const watermarkRoutes: readonly Route[] = [getWatermark, resetWatermark];
