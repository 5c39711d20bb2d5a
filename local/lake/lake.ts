import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JWTVerifyGetKey } from 'jose';
import { ownDirectory } from '../disk/ownDirectory';
import { serialized } from '../disk/serialized';
import type { Built } from '../http/run';
import { checkToken } from '../http/token';
import type { Connection } from '../http/withFaults';
import { TENANT } from '../identity/registry';
import type { Lake } from './call';
import { blobEvents, EventFaults } from './events';
import { layout } from './layout';
import { dialectOf, operationOf } from './operation';
import { type Dialect, Refusal, refusalResponse } from './refusal';
import { parseTarget } from './target';

export interface LakeOptions {
  readonly state: string;
  readonly baseUrl: string;
  readonly keys?: JWTVerifyGetKey | undefined;
  readonly environment?: NodeJS.ProcessEnv;
}

const CHALLENGE = {
  'www-authenticate': `Bearer authorization_uri=https://login.microsoftonline.com/${TENANT}/oauth2/authorize resource_id=https://storage.azure.com`,
};

/** The lake account: DFS and Blob over the plain directory `<state>/lake`, or `TIDEMARK_LAKE_DIR`. */
export async function lake({ state, baseUrl, keys, environment = process.env }: LakeOptions): Promise<Built> {
  const account = environment['TIDEMARK_LAKE_ACCOUNT'] ?? 'tidemarklake';
  const where = await layout(environment['TIDEMARK_LAKE_DIR'] ?? join(state, 'lake'));
  for (const name of await readdir(where.staging)) {
    if (/^(new|trash)-/.test(name)) await rm(join(where.staging, name), { recursive: true, force: true });
  }
  for (const entry of await readdir(where.meta, { withFileTypes: true })) {
    if (entry.isDirectory()) await ownDirectory(join(where.meta, entry.name));
  }
  const topic = `/subscriptions/00000000-0000-4000-8000-000000000002/resourceGroups/tidemark-local/providers/Microsoft.Storage/storageAccounts/${account}`;
  const events = await blobEvents(where, { topic, url: `${baseUrl}/${account}` }, environment);
  const inTurn = serialized();
  const shared: Lake = { where, account, events, alone: (step) => inTurn('lake', step) };
  const audience = [
    'https://storage.azure.com',
    `https://${account}.dfs.core.windows.net`,
    `https://${account}.blob.core.windows.net`,
  ];

  const answer = async (request: Request, connection: Connection | undefined, dialect: (d: Dialect) => void) => {
    const { headers, method } = request;
    // Not the parsed URL: that has normalised dot segments away, and they are to be refused.
    const raw = connection?.incoming.url ?? request.url.replace(/^\w+:\/\/[^/]+/, '');
    const query = new URL(request.url).searchParams;
    dialect(dialectOf(method, query, headers, 'unknown'));
    const target = parseTarget(raw, account);
    const spoken = dialectOf(method, query, headers, target.path);
    dialect(spoken);

    const token = await checkToken(headers.get('authorization'), { audience, keys });
    if (token.kind === 'missing')
      throw new Refusal(
        401,
        'NoAuthenticationInformation',
        'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
        CHALLENGE,
      );
    if (token.kind === 'refused') throw new Refusal(401, 'InvalidAuthenticationInfo', token.reason, CHALLENGE);

    const call = { lake: shared, request, headers, query, target, dialect: spoken, connection };
    const { name, operation } = operationOf(method, call);
    if (!operation) throw new Refusal(501, 'NotImplemented', `lake does not imitate ${name} (${method} ${raw})`);
    return operation(call);
  };

  return {
    close: () => events.close(),
    async handler(request, connection) {
      if (new URL(request.url).pathname === '/_local/events/faults') return eventFaults(request, events.misbehave);
      let dialect: Dialect = 'blob';
      const response = await answer(request, connection, (d) => {
        dialect = d;
      }).catch((error: unknown) => {
        if (error instanceof Refusal) return refusalResponse(error, dialect, request.method);
        console.error(error);
        return refusalResponse(new Refusal(500, 'InternalError', String(error)), dialect, request.method);
      });
      response.headers.set('x-ms-request-id', randomUUID());
      response.headers.set('x-ms-version', request.headers.get('x-ms-version') ?? '2026-02-06');
      return response;
    },
  };
}

async function eventFaults(request: Request, misbehave: (faults: EventFaults) => void): Promise<Response> {
  const faults = EventFaults.safeParse(await request.json().catch(() => undefined));
  if (!faults.success)
    return Response.json({ error: { code: 'BadFault', message: faults.error.message } }, { status: 400 });
  misbehave(faults.data);
  return Response.json(faults.data);
}
