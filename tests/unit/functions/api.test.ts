import type { HttpRequest, InvocationContext } from '@azure/functions';
import { describe, expect, test } from 'vitest';
import { access } from '../../../functions/access';
import { routes } from '../../../functions/api/all';
import { openApi } from '../../../functions/api/openapi';
import { answer } from '../../../functions/route';
import type { Services } from '../../../functions/services';
import { arrivalFrom, sourcesOf } from '../../../functions/triggers/onBlob';
import { readSettings, type Settings } from '../../../shared/config';
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
