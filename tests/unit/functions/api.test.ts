import type { HttpRequest, InvocationContext } from '@azure/functions';
import { describe, expect, test } from 'vitest';
import { access } from '../../../functions/access';
import { routes } from '../../../functions/api/all';
import { openApi } from '../../../functions/api/openapi';
import { answer } from '../../../functions/route';
import type { Services } from '../../../functions/services';
import { arrivalFrom, sourcesOf } from '../../../functions/triggers/onBlob';
import { readSettings, type Settings } from '../../../shared/config';
import { Window } from '../../../shared/contracts/window';
import { shopCatalog } from '../../support/shop';

const KEY = 'a-development-key-of-32-letters!';
const settings = { API_KEY: KEY } as Settings;
const nobody = { services: {} as Services, context: { error: () => undefined } as unknown as InvocationContext };
const request = (headers: Record<string, string>) =>
  ({
    headers: new Headers(headers),
    params: {},
    query: new URLSearchParams(),
    text: async () => '',
  }) as unknown as HttpRequest;
const guarded = routes.filter(({ role }) => role !== null);

describe('every guarded route', () => {
  test.each(guarded.map((route) => [route.method, route.path, route] as const))(
    '%s %s refuses a caller without and with a wrong key',
    async (_method, _path, route) => {
      const handler = answer(route, nobody.services, access(settings));
      for (const [headers, code] of [
        [{}, 'AUTH_MISSING'],
        [{ 'x-functions-key': 'wrong' }, 'AUTH_INVALID'],
        [{ authorization: 'Bearer a.b.c' }, 'AUTH_INVALID'],
        [{ 'x-ms-client-principal': 'eyJ9' }, 'AUTH_MISSING'],
      ] as const) {
        const { status, body } = await handler(request(headers), nobody.context);
        expect(status).toBe(401);
        expect(JSON.parse(String(body)).problem.code).toBe(code);
      }
    },
  );
});

test('nothing but health and the description is open to everybody', () => {
  expect(routes.filter(({ role }) => role === null).map(({ name }) => name)).toEqual(['health', 'describeApi']);
});

test('the key opens a route only where one is set', async () => {
  const open = access(settings)(new Headers({ 'x-functions-key': KEY }), 'Admin');
  await expect(open).resolves.toMatchObject({ role: 'Admin' });
  await expect(access({} as Settings)(new Headers({ 'x-functions-key': KEY }), 'Reader')).rejects.toThrow(
    'AUTH_INVALID',
  );
});

test('the description of the API has every route and a schema for every answer', () => {
  const { paths } = openApi(routes);
  expect(Object.keys(paths)).toContain('/api/v1/runs/{run}');
  expect(Object.values(paths).flatMap((path) => Object.keys(path))).toHaveLength(routes.length);
});

describe('what does not fit its schema', () => {
  const listWindows = async (query: Record<string, string>, windows: () => Promise<unknown>) => {
    const told: unknown[] = [];
    const services = { catalog: async () => shopCatalog(), ports: { ledger: { windows } } } as unknown as Services;
    const asked = { ...request({}), params: { source: 'users' }, query: new URLSearchParams(query) };
    const context = { error: (...of: unknown[]) => told.push(of) } as unknown as InvocationContext;
    const route = routes.find(({ name }) => name === 'listWindows') as (typeof routes)[number];
    const reader = async () => ({ actor: 'ann', role: 'Reader' }) as const;
    const { status, body } = await answer(route, services, reader)(asked as unknown as HttpRequest, context);
    return { status, code: JSON.parse(String(body)).problem.code, told };
  };

  test.each([
    ['a stored row', async () => [Window.parse({ source: 'users' })]],
    ['an answer', async () => [{ source: 'users' }]],
  ])('is a failure here, and in the log, when it is %s', async (_what, windows) => {
    expect(await listWindows({}, windows)).toMatchObject({ status: 503, code: 'INTERNAL', told: [expect.anything()] });
  });

  test('is told to the caller when it is what came with the request', async () => {
    const limit = await listWindows({ limit: 'nonsense' }, async () => []);
    expect(limit).toEqual({ status: 400, code: 'REQUEST_INVALID', told: [] });
  });
});

describe('the description of the API', () => {
  const { paths } = openApi(routes);
  // biome-ignore lint/suspicious/noExplicitAny: a description is what the tests say it is
  const at = (path: string, method: string) => paths[`/api/v1/${path}`]?.[method] as any;
  const parameters = (path: string, method: string) =>
    at(path, method).parameters.map((one: { name: string; in: string }) => `${one.in} ${one.name}`);

  test('asks for nothing in a body that has a default', () => {
    const { schema } = at('runs', 'post').requestBody.content['application/json'];
    expect(schema.required ?? []).toEqual([]);
    expect(schema.properties).toMatchObject({ queue: { type: 'boolean', default: true } });
    expect(at('backfills', 'post').requestBody.content['application/json'].schema.required).toEqual(
      expect.arrayContaining(['source', 'from', 'to', 'reason']),
    );
  });

  test('has what may stand behind the path, and the key of what is changed', () => {
    expect(parameters('runs', 'get')).toEqual(['query limit', 'query before']);
    expect(at('runs', 'get').parameters[0]).toMatchObject({ required: false, schema: { maximum: 200, default: 50 } });
    expect(parameters('plan', 'get')).toEqual(['query source']);
    expect(parameters('quarantine', 'get')).toContain('query window');
    expect(parameters('datasets/{dataset}/export', 'get')).toEqual(['path dataset', 'query format']);
    expect(parameters('runs/{run}/cancel', 'post')).toEqual(['path run', 'header Idempotency-Key']);
    expect(parameters('catalog', 'post')).toEqual(['query reason', 'header Idempotency-Key']);
  });

  test('takes a catalog as YAML', () => {
    for (const path of ['catalog', 'catalog/validate']) {
      expect(Object.keys(at(path, 'post').requestBody.content)).toEqual(['text/yaml']);
    }
  });
});

describe('arrivalFrom', () => {
  const event = (subject: string) => ({
    eventType: 'Microsoft.Storage.BlobCreated',
    eventTime: '2026-01-01T00:00:00.1234567Z',
    subject,
    data: { api: 'FlushWithClose', eTag: '0x1', contentLength: 3 },
  });

  test('takes path and etag of a file that arrived in landing', () => {
    expect(arrivalFrom(event('/blobServices/default/containers/landing/blobs/countries/a b.csv'))).toMatchObject({
      path: 'countries/a b.csv',
      etag: '0x1',
    });
  });

  test.each([
    event('/blobServices/default/containers/bronze/blobs/x.csv'),
    { ...event('/blobServices/default/containers/landing/blobs/x.csv'), eventType: 'Microsoft.Storage.BlobDeleted' },
    {
      ...event('/blobServices/default/containers/landing/blobs/x.csv'),
      data: { api: 'CreateFile', eTag: '0x1', contentLength: 0 },
    },
    { nonsense: true },
  ])('passes over what is no arrival in landing', (other) => {
    expect(arrivalFrom(other)).toBeNull();
  });

  test('finds the source by folder and pattern', () => {
    const names = (path: string) => sourcesOf(shopCatalog(), path).map(({ name }) => name);
    expect(names('countries/new.csv')).toEqual(['countries']);
    expect(names('countries/new.txt')).toEqual([]);
    expect(names('countries/deeper/new.csv')).toEqual([]);
    expect(names('_sftp/partner_buyers/x.csv')).toEqual([]);
  });
});

test('a setting that is empty counts as absent, and all that is missing is named at once', () => {
  expect(() => readSettings({ API_KEY: '', LAKE_URL: 'nonsense' })).toThrow(/FACTORY_ID[\s\S]*LAKE_URL/);
});
