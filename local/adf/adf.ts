import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenCredential } from '@azure/identity';
import { Hono } from 'hono';
import type { JWTVerifyGetKey } from 'jose';
import { type Rates, ratesFrom } from '../http/rates';
import type { Built } from '../http/run';
import { checkToken } from '../http/token';
import { secretsOf } from './connectors/credential';
import { duck } from './connectors/duck';
import { type Direct, type Lake, lakeOf } from './connectors/lake';
import type { Services } from './engine/context';
import { factory } from './engine/factory';
import type { ValueObject } from './expression/value';
import { armError } from './http/armError';
import { definitionRoutes } from './http/definitionRoutes';
import { runRoutes } from './http/runRoutes';
import { throttle } from './http/throttle';
import { limits } from './limits';
import { definitions } from './store/definitions';
import { journal } from './store/journal';
import { runs } from './store/runs';

/** What one local factory is made of. */
export interface Settings {
  /** Root of the local Azure's state; the factory keeps its own in `adf` below it. */
  readonly state: string;
  readonly name: string;
  /** The factory's own identity towards the lake, the vault and the endpoints of Web activities. */
  readonly credential: TokenCredential;
  /** The lake whose plain directory is on this machine. */
  readonly lake?: Direct;
  /** Folder with DuckDB's MySQL extension. */
  readonly extensions: string | undefined;
  readonly globalParameters?: ValueObject;
  /** Keys of the token issuer; without them signatures are not checked. */
  readonly keys?: JWTVerifyGetKey | undefined;
  /** In place of what is published. */
  readonly rates?: Rates;
  readonly concurrentRuns?: number;
  /** In place of the wait before an activity is tried again. */
  readonly pause?: Services['pause'];
}

const AUDIENCES = ['https://management.azure.com', 'https://management.core.windows.net'];
const BASE = '/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.DataFactory/factories/:factory';

/** The ARM API of one Data Factory, and the engine that runs its pipelines. */
export async function adf(settings: Settings): Promise<Built> {
  const home = join(settings.state, 'adf');
  await rm(join(home, 'scratch'), { recursive: true, force: true });
  const stored = await definitions(join(home, 'definitions'));
  const kept = runs(journal(join(home, 'runs')));
  const lakes = new Map<string, Lake>();
  const lake = (url: string): Lake => {
    const known = lakes.get(url) ?? lakeOf(url, settings.credential, settings.lake);
    lakes.set(url, known);
    return known;
  };
  const token: Services['token'] = async (resource) => {
    const found = await settings.credential.getToken(`${resource}/.default`);
    if (!found) throw new Error(`the identity endpoint gave no token for ${resource}`);
    return found.token;
  };
  const services: Services = {
    factory: settings.name,
    globalParameters: () => settings.globalParameters ?? {},
    definitions: stored,
    runs: kept,
    duck: duck(home, settings.extensions),
    lake,
    secret: secretsOf(settings.credential),
    token,
    pause: settings.pause ?? ((ms, signal) => sleep(ms, undefined, { signal })),
    start: (...args) => engine.start(...args),
    returned: (runId) => engine.returned(runId),
  };
  const engine = factory(() => services, settings.concurrentRuns ?? limits.concurrentRuns);

  const app = new Hono();
  app.use(async (c, next) => {
    const checked = await checkToken(c.req.header('authorization'), { audience: AUDIENCES, keys: settings.keys });
    if (checked.kind === 'accepted') return next();
    const code = checked.kind === 'missing' ? 'AuthenticationFailed' : 'InvalidAuthenticationToken';
    return armError(401, code, `Authentication failed: ${checked.reason}`, {
      'www-authenticate': 'Bearer authorization_uri="https://login.microsoftonline.com/common"',
    });
  });
  app.use(throttle(settings.rates ?? ratesFrom(process.env)));
  app.use(`${BASE}/*`, async (c, next) => {
    if (c.req.param('factory')?.toLowerCase() === settings.name.toLowerCase()) return next();
    return armError(
      404,
      'ResourceNotFound',
      `The factory '${c.req.param('factory')}' is not here; this one is '${settings.name}'.`,
    );
  });
  app.get(BASE, (c) =>
    c.json({
      id: c.req.path,
      name: settings.name,
      type: 'Microsoft.DataFactory/factories',
      location: 'local',
      properties: { provisioningState: 'Succeeded' },
    }),
  );
  definitionRoutes(app, BASE, stored);
  runRoutes(app, BASE, stored, kept, engine);
  app.notFound((c) =>
    armError(501, 'NotImplemented', `the local factory does not imitate ${c.req.method} ${c.req.path}`),
  );
  app.onError((error) => armError(500, 'InternalServerError', error.message));
  return { handler: (request) => app.fetch(request), close: () => engine.stop() };
}
