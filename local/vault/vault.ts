import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import type { JWTVerifyGetKey } from 'jose';
import { quotaOf, type Rates, ratesFrom } from '../http/rates';
import type { Built } from '../http/run';
import { actions } from './actions';
import { guard, type Permission } from './guard';
import { Refusal, refusalResponse } from './refusal';
import { secretsIn } from './secrets';

/** Entries on one page of a list. */
const PAGE = 25;

/**
 * Key Vault's secrets, kept below `<state>/vault`.
 * @param rates in place of what is published
 */
export function vault(
  state: string,
  baseUrl: string,
  keys?: JWTVerifyGetKey,
  rates: Rates = ratesFrom(process.env),
): Built {
  const directory = join(state, 'vault');
  const allow = guard(directory, keys);
  const secrets = actions(secretsIn(join(directory, 'secrets')), () => baseUrl);
  const transactions = quotaOf('vault.transactions', rates);

  type Act = (name: string, c: Context) => Promise<unknown>;
  const does = (permission: Permission, act: Act) => async (c: Context) => {
    await allow(c.req.raw, permission);
    const wait = transactions.spend();
    if (wait > 0) {
      throw new Refusal(
        429,
        'Throttled',
        'Request was not processed because too many requests were received.',
        undefined,
        { 'retry-after': String(wait) },
      );
    }
    const name = c.req.param('name') ?? '';
    if (name && !/^[0-9a-zA-Z-]{1,127}$/.test(name))
      throw new Refusal(400, 'BadParameter', `${name} is not a secret name`);
    const answer = await act(name, c);
    return answer === undefined ? c.body(null, 204) : c.json(answer);
  };
  const body = (c: Context) => c.req.json().catch(() => undefined);

  const app = new Hono({ strict: false });
  app.get(
    '/secrets',
    does('list', async (_, c) => page(baseUrl, c, await secrets.list())),
  );
  app.put(
    '/secrets/:name',
    does('set', async (name, c) => secrets.set(name, await body(c))),
  );
  app.get(
    '/secrets/:name',
    does('get', (name) => secrets.get(name)),
  );
  app.delete(
    '/secrets/:name',
    does('delete', (name) => secrets.remove(name)),
  );
  app.get(
    '/secrets/:name/versions',
    does('list', async (name, c) => page(baseUrl, c, await secrets.versions(name))),
  );
  app.get(
    '/secrets/:name/:version',
    does('get', (name, c) => secrets.get(name, c.req.param('version'))),
  );
  app.patch(
    '/secrets/:name/:version',
    does('set', async (name, c) => secrets.update(name, c.req.param('version') ?? '', await body(c))),
  );
  app.get(
    '/deletedsecrets',
    does('list', async (_, c) => page(baseUrl, c, await secrets.listDeleted())),
  );
  app.get(
    '/deletedsecrets/:name',
    does('get', (name) => secrets.getDeleted(name)),
  );
  app.delete(
    '/deletedsecrets/:name',
    does('purge', (name) => secrets.purge(name)),
  );
  app.post(
    '/deletedsecrets/:name/recover',
    does('recover', (name) => secrets.recover(name)),
  );
  app.notFound((c) =>
    refusalResponse(new Refusal(501, 'NotImplemented', `vault does not imitate ${c.req.method} ${c.req.path}`)),
  );
  app.onError((error) => {
    if (error instanceof Refusal) return refusalResponse(error);
    console.error(error);
    return refusalResponse(new Refusal(500, 'InternalServerError', error.message));
  });
  return { handler: (request) => app.fetch(request) };
}

function page(baseUrl: string, c: Context, all: readonly unknown[]) {
  const size = Math.min(PAGE, Number(c.req.query('maxresults')) || PAGE);
  const from = Number(c.req.query('$skiptoken')) || 0;
  const next = from + size < all.length;
  const query = new URLSearchParams({
    'api-version': c.req.query('api-version') ?? '',
    maxresults: String(size),
    $skiptoken: String(from + size),
  });
  return { value: all.slice(from, from + size), nextLink: next ? `${baseUrl}${c.req.path}?${query}` : null };
}
