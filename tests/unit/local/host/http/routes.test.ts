import { describe, expect, test } from 'vitest';
import { routeTable } from '../../../../../local/host/http/routeTable';
import { compileRoute } from '../../../../../local/host/http/routeTemplate';

const GUID = '00000000-0000-4000-8000-000000000001';

describe('route templates', () => {
  test.each<[string, string, Record<string, string> | undefined]>([
    ['api/orders', 'API/Orders', {}],
    ['orders/{id}', 'orders/7', { id: '7' }],
    ['orders/{id}', 'orders', undefined],
    ['orders/{id?}', 'orders', {}],
    ['orders/{id=all}', 'orders', { id: 'all' }],
    ['files/{*path}', 'files/a/b.txt', { path: 'a/b.txt' }],
    ['files/{**path}', 'files', {}],
    ['{name}.{kind}', 'report.csv', { name: 'report', kind: 'csv' }],
    ['v{major}x', 'v12x', { major: '12' }],
    ['orders/{id:int}', 'orders/x', undefined],
    ['orders/{id:int:min(3)}', 'orders/2', undefined],
    ['orders/{id:range(1,5)}', 'orders/5', { id: '5' }],
    ['orders/{id:guid}', `orders/${GUID}`, { id: GUID }],
    ['orders/{id:length(2,3)?}', 'orders/abcd', undefined],
    ['orders/{id:regex(^[a-c]+$)}', 'orders/abc', { id: 'abc' }],
    ['orders/{id:regex(^(a|b)$)}', 'orders/c', undefined],
    ['orders/{id}', 'orders/a%2Fb', { id: 'a/b' }],
    ['a.b', 'axb', undefined],
  ])('%s on %s', (template, path, expected) => {
    expect(compileRoute(template).match(path)).toEqual(expected);
  });

  test('an unknown constraint is a start error', () => {
    expect(() => compileRoute('{id:prime}')).toThrow('unknown constraint "prime"');
  });
});

describe('the route table', () => {
  const http = (name: string, route: string, methods = ['GET']) => ({
    id: name,
    callback: () => undefined,
    metadata: { name, bindings: { trigger: { type: 'httpTrigger', direction: 'in', route, methods } } },
  });
  const table = routeTable(
    [
      http('Rest', 'x/{*rest}'),
      http('number', 'x/{id:int}'),
      http('me', 'x/me'),
      http('you', 'x/you'),
      http('post', 'x/me', ['POST']),
    ],
    'api',
  );
  const found = (method: string, path: string) => table(method, path)?.called.id;

  test('takes the first route that fits in the order of names, whatever their case, as the real host does', () => {
    expect(['api/x/me', 'api/x/7', 'api/x/you', 'api/x/a/b'].map((path) => found('GET', path))).toEqual([
      'me',
      'number',
      'Rest',
      'Rest',
    ]);
  });

  test('a wrong method is no match', () => {
    expect([found('POST', 'api/x/me'), found('PUT', 'api/x/me'), found('GET', 'x/me')]).toEqual([
      'post',
      undefined,
      undefined,
    ]);
  });
});
