import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { JWTVerifyGetKey } from 'jose';
import { ownDirectory } from '../disk/ownDirectory';
import { authority } from '../http/certs';
import { type Fault, faultPlan } from '../http/faults';
import type { Handler, Served } from '../http/serve';
import { checkToken } from '../http/token';
import { withFaults } from '../http/withFaults';
import { azuriteTables } from './azurite';
import { groupSave } from './groupSave';
import { holdReply } from './holdReply';

/** Azurite's development account. */
const ACCOUNT = 'devstoreaccount1';
const AUDIENCE = ['https://storage.azure.com', `https://${ACCOUNT}.table.core.windows.net`];

/**
 * Azurite's tables below `<state>/tables`, made safe against a crash: no reply leaves, of a read or a write, before
 * everything that it can have seen is on disk. Replies that wait share one save.
 */
export async function tables(state: string, port: number, keys?: JWTVerifyGetKey): Promise<Served> {
  await authority(join(state, 'tls'));
  await ownDirectory(join(state, 'tables'));
  const azurite = await azuriteTables({
    database: join(state, 'tables', 'tables.json'),
    port,
    certPath: join(state, 'tls', 'server.pem'),
    keyPath: join(state, 'tls', 'server.key'),
  });
  const saves = groupSave(azurite.dirty, async () => {
    while (azurite.inTransaction()) await sleep(1);
    await azurite.save();
  });
  const plan = faultPlan();
  const control: Handler = withFaults(() => new Response(null, { status: 404 }), plan);
  const local = getRequestListener(control);

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const target = request.url ?? '/';
    if (target.startsWith('/_local/')) return local(request, response);
    const fault = plan.take(request.method ?? 'GET', target);
    if (fault?.kind === 'delay') await sleep(fault.ms);
    if (fault?.kind === 'status') return sendFault(response, fault);
    if (fault?.kind === 'drop-before' || fault?.kind === 'outage') return void request.socket.destroy();
    const refused = keys && (await refusal(request.headers.authorization, keys));
    if (refused) return send(response, 401, 'InvalidAuthenticationInfo', refused);
    holdReply(response, saves.settled, fault?.kind === 'drop-after');
    azurite.listener(request, response as Parameters<typeof azurite.listener>[1]);
  };
  azurite.server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => send(response, 500, 'InternalError', String(error)));
  });
  await azurite.start();
  const address = azurite.server.address();
  if (address === null || typeof address === 'string') throw new Error('the tables server has no port');
  return { url: `https://127.0.0.1:${address.port}/${ACCOUNT}`, close: () => azurite.close() };
}

/** Azurite looks at the claims of a token and not at its signature, so that is done here. Shared keys are left to it. */
async function refusal(authorization: string | undefined, keys: JWTVerifyGetKey): Promise<string | undefined> {
  if (!/^Bearer /i.test(authorization ?? '')) return undefined;
  const check = await checkToken(authorization, { audience: AUDIENCE, keys });
  return check.kind === 'accepted' ? undefined : check.reason;
}

const sendFault = (response: ServerResponse, { status, headers }: Fault) => {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  send(response, status, 'InjectedFault', `injected fault, status ${status}`);
};

function send(response: ServerResponse, status: number, code: string, value: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-ms-error-code': code });
  response.end(JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value } } }));
}
