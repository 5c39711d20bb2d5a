import type { HttpRequest } from '@azure/functions';
import { erasureRoutes } from '../../functions/api/erasures';
import { rerunRoutes } from '../../functions/api/rerun';
import type { Run } from '../../shared/contracts/run';
import { leftOf } from '../../shared/runs/rerun';
import { runsOf } from './checks/runs';
import type { Disks } from './host/disks';
import type { Host } from './host/host';
import { shop } from './shop';

const AGAIN_MS = 15_000;
/** So often somebody looks for a run that can be run again, before they let it be. */
const LOOKS = 8;

const isLeft = (run: Run): boolean => {
  const { sources, datasets } = leftOf(run, { ...shop, version: '1' });
  return sources.length + datasets.length > 0;
};
const moved = (run: Run): boolean =>
  !run.aside && run.sources.some(({ source, outcome }) => source === 'users' && outcome === 'committed');

/** What people ask of the API, through its own routes. */
export function people(disks: Disks, host: Host, accepted: Set<string>) {
  const { time, erasures } = disks.outside;
  let count = 0;
  const ask = async (name: string, body: object, params: Record<string, string> = {}): Promise<void> => {
    const route = [...erasureRoutes, ...rerunRoutes].find((one) => one.name === name);
    if (!route) throw new Error(`the API has no route ${name}`);
    count += 1;
    const headers = new Headers({ 'idempotency-key': String(count) });
    const request = { headers, params, text: async () => JSON.stringify(body) } as unknown as HttpRequest;
    const caller = { actor: 'somebody', role: 'Admin' } as const;
    await host.trigger(async (services, context) => {
      const { jsonBody } = await route.handle({ request, context, services, caller });
      accepted.add(String((jsonBody as { run: string }).run));
    });
  };
  const rerun = async (asWas: boolean, looks = LOOKS): Promise<void> => {
    const ended = (await runsOf(disks)).filter((run) => run.ended !== null && !run.upkeep && !run.replay);
    const of = ended.find(asWas ? moved : isLeft);
    if (of) return ask('rerunRun', { reason: 'again', asWas }, { run: of.run });
    if (looks > 1) time.after(AGAIN_MS, () => void rerun(asWas, looks - 1));
  };
  return {
    /** The reason says who it is, for the checks alone. */
    erase: async (id: string): Promise<void> => {
      erasures.add(id);
      await ask('startErasure', { table: 'users', key: [id], reason: id });
    },
    /** Of the newest run of which something is left, or that moved something; sooner or later there may be one. */
    rerun: (asWas: boolean): Promise<void> => rerun(asWas),
  };
}
