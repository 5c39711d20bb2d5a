import { join } from 'node:path';
import type { JWTVerifyGetKey } from 'jose';
import { type Rates, ratesFrom } from '../http/rates';
import type { Built } from '../http/run';
import { access } from './access';
import { type Cluster, cluster } from './cluster';
import { locateIn } from './notebooks';
import { Refusal, refusalResponse } from './refusal';
import { type Route, routes } from './routes';
import { scheduler } from './scheduler';
import { secretScope, type VaultAccess } from './secretScope';
import { openStore } from './store';
import { throttle } from './throttle';

export interface Settings {
  readonly python: string;
  /** Folder of the notebooks, and the workspace path under which they are deployed. */
  readonly notebooks: string;
  readonly root: string;
  /** Folder of driver.py. */
  readonly sources: string;
  readonly vault: VaultAccess | undefined;
  readonly keys: JWTVerifyGetKey | undefined;
  /** In place of what is published. */
  readonly rates?: Rates;
}

/** Jobs and Clusters of one workspace with one interactive cluster; state below `<state>/databricks`. */
export async function databricks(state: string, url: string, settings: Settings): Promise<Built> {
  const directory = join(state, 'databricks');
  const store = await openStore(join(directory, 'runs'));
  const allow = await access(directory, settings.keys);
  const runs = scheduler({
    store,
    cluster: () => single,
    locate: locateIn(settings.notebooks, settings.root),
    secret: secretScope(settings.vault),
  });
  const single: Cluster = cluster({ ...settings, directory }, runs.events);
  const spend = throttle(settings.rates ?? ratesFrom(process.env));
  const table = routes({ store, scheduler: runs, cluster: single, url });
  runs.recover();
  return {
    handler: async (request) => {
      try {
        return Response.json(await answer(table, spend, request, await allow(request)));
      } catch (error) {
        if (error instanceof Refusal) return refusalResponse(error);
        throw error;
      }
    },
    close: async () => single.terminate(),
  };
}

async function answer(
  table: Record<string, Route>,
  spend: (route: string) => void,
  request: Request,
  caller: string,
): Promise<unknown> {
  const { pathname, searchParams: query } = new URL(request.url);
  const name = /^\/api\/2\.[012]\/(.+)$/.exec(pathname)?.[1] ?? pathname;
  const route = table[`${request.method} ${name}`];
  if (!route) throw new Refusal(501, 'NOT_IMPLEMENTED', `databricks does not imitate ${request.method} ${pathname}`);
  spend(`${request.method} ${name}`);
  const body: unknown = request.method === 'POST' ? await request.json().catch(() => undefined) : undefined;
  return route({ query, body, caller });
}
