import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { CatalogFaults, ProblemBody, RunDetail, RunList, Started } from '../../../shared/contracts/api';
import type { ProblemCode } from '../../../shared/contracts/problem';
import { type LocalState, localState } from '../../support/local';

const ROOT = join(__dirname, '../../..');
const RUN = '20261122T181500-1a2b3c4d';
const KEY = 'a key that is long enough';

let local: LocalState;
let url: string;
const asked: string[] = [];

const json = <T>(schema: z.ZodType<T>, body: NoInfer<T>, status = 200) => Response.json(schema.parse(body), { status });
const refusal = (status: number, code: ProblemCode) =>
  json(
    ProblemBody,
    { problem: { code, where: 'API', why: 'it is so.', next: 'Do this.', transient: false }, correlation: 'c1' },
    status,
  );

const failed: z.input<typeof RunDetail>['run'] = {
  run: RUN,
  status: 'Failed',
  trigger: { kind: 'http', actor: 'me', reason: 'a "quoted", reason' },
  catalog: '3',
  wanted: ['users'],
  started: '2026-11-22T18:15:00.000Z',
  ended: '2026-11-22T18:15:09.000Z',
  problem: { code: 'SOURCE_UNREACHABLE', where: 'users', why: 'it is down.', next: 'Start it.' },
};

/** A body that breaks off in the middle, as when the server dies. */
const cutOff = () =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.from('country,buyers\n'));
      setTimeout(() => controller.error(new Error('the server died')), 50);
    },
  });

async function answer(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const body = await request.text();
  asked.push(`${request.method} ${pathname}${search} ${body}`.trim());
  const bears = request.headers.get('authorization') === `Bearer ${KEY}`;
  if (!bears && request.headers.get('x-functions-key') !== KEY) return refusal(401, 'AUTH_INVALID');
  switch (`${request.method} ${pathname}`) {
    case 'GET /api/v1/runs':
      return Response.json(RunList.parse({ runs: [failed], next: null }));
    case 'POST /api/v1/runs':
      return json(Started, { run: RUN }, 202);
    case `GET /api/v1/runs/${RUN}`:
      return Response.json(RunDetail.parse({ run: failed, steps: [] }));
    case 'POST /api/v1/catalog/validate':
      return json(
        CatalogFaults,
        {
          problem: {
            code: 'CATALOG_INVALID',
            where: 'catalog',
            why: 'one fault.',
            next: 'Correct it.',
            transient: false,
          },
          faults: [{ line: 3, column: 7, what: 'there is no such table', cure: 'Name one of: users.' }],
        },
        422,
      );
    case 'GET /api/v1/datasets/buyers/export':
      return new Response('country,buyers\nSuède,1\n', {
        headers: { 'content-disposition': 'attachment; filename="Buyers.csv"' },
      });
    case 'GET /api/v1/datasets/cut/export':
      return new Response(cutOff(), { headers: { 'content-disposition': 'attachment; filename="Cut.csv"' } });
    case 'GET /api/v1/schedules':
      return Response.json({ schedules: [{ surprise: true }] });
    case 'GET /api/v1/sources':
      return new Promise(() => undefined);
    default:
      return refusal(404, 'NOT_FOUND');
  }
}

beforeAll(async () => {
  local = await localState();
  url = (await local.serve(answer)).url;
});
afterAll(() => local.dispose());

function start(args: string[], more: Record<string, string> = {}) {
  const connection = { TIDEMARK_URL: url, TIDEMARK_KEY: KEY, TIDEMARK_CA: local.tls.caPath, TIDEMARK_EXTENSION: '' };
  return spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'cli/main.ts'), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...connection, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function cli(args: string[], more?: Record<string, string>) {
  const child = start(args, more);
  let [out, error] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk));
  child.stderr.on('data', (chunk: Buffer) => (error += chunk));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, error };
}

describe('the command line', () => {
  test('shows runs as a table without colours where no terminal is, and as CSV with its quotes', async () => {
    const [table, csv] = await Promise.all([cli(['runs', 'ls']), cli(['runs', 'ls', '--output', 'csv'])]);
    expect(table).toMatchObject({ code: 0, error: '' });
    expect(table.out).toBe(
      `RUN                       STATUS  STARTED                   TOOK   READ  CATALOG  BECAUSE\n${RUN}  Failed  2026-11-22T18:15:00.000Z  9.0 s  0     3        me: a "quoted", reason\n`,
    );
    expect(csv.out).toContain('"me: a ""quoted"", reason"');
  });

  test('starts a run of the named sources and ends with 1 when the run has failed', async () => {
    const ended = await cli(['run', '--source', 'users', '--source', 'countries', '--reason', 'why not', '--wait']);
    expect(ended.code).toBe(1);
    expect(asked).toContain('POST /api/v1/runs {"sources":["users","countries"],"queue":true,"reason":"why not"}');
    expect(ended.out).toContain('SOURCE_UNREACHABLE at users: it is down.\n  Next: Start it.');
  });

  test('prints the faults of a catalog as file, line and column, and ends with 3', async () => {
    const file = join(local.directory, 'shop.yaml');
    await writeFile(file, 'shop: x\n');
    expect(await cli(['validate', file])).toMatchObject({
      code: 3,
      error: `${file}:3:7: there is no such table\n  Cure: Name one of: users.\n1 fault in ${file}.\n`,
    });
    expect(asked).toContain('POST /api/v1/catalog/validate shop: x');
  });

  test('writes an export under the name that the API gives it, and one that breaks off under none', async () => {
    const out = join(local.directory, 'out');
    expect(await cli(['export', '--out', out, '--dataset', 'buyers'])).toMatchObject({ code: 0 });
    expect((await cli(['export', '--out', out, '--dataset', 'cut'])).code).toBe(5);
    expect(await readFile(join(out, 'Buyers.csv'), 'utf8')).toBe('country,buyers\nSuède,1\n');
    expect(await readdir(out)).toEqual(['Buyers.csv']);
  });

  test('brings a token in place of a key where it has one', async () => {
    expect((await cli(['runs', 'ls'], { TIDEMARK_KEY: '', TIDEMARK_TOKEN: KEY })).code).toBe(0);
    expect((await cli(['runs', 'ls'], { TIDEMARK_KEY: '', TIDEMARK_TOKEN: '' })).code).toBe(4);
  });

  test('ends with 4 when the key is not good', async () => {
    const ended = await cli(['runs', 'ls'], { TIDEMARK_KEY: 'wrong' });
    expect(ended).toMatchObject({
      code: 4,
      error: 'AUTH_INVALID: API: it is so.\n  Next: Do this. (correlation c1)\n',
    });
  });

  test('ends with 5 when nobody answers, when nobody is named, and when the certificate is not trusted', async () => {
    const nobody = await cli(['runs', 'ls'], { TIDEMARK_URL: 'https://127.0.0.1:9' });
    const unnamed = await cli(['runs', 'ls'], { TIDEMARK_URL: '', TIDEMARK_STATE: local.directory });
    const stranger = await cli(['runs', 'ls'], { TIDEMARK_CA: '' });
    expect([nobody.code, unnamed.code, stranger.code]).toEqual([5, 5, 5]);
    expect(unnamed.error).toMatch(/^NOT_CONNECTED: .*\n {2}Next: Start one with `tidemark up`/);
    expect(stranger.error).toContain('API_UNREACHABLE');
  });

  test('ends with 5 when the answer is not the one that was agreed', async () => {
    expect(await cli(['schedules'])).toMatchObject({ code: 5, error: expect.stringContaining('API_MISMATCH') });
  });

  test('ends with 2 for a wrong command and says which one was meant', async () => {
    const ended = await cli(['rnu']);
    expect(ended).toMatchObject({ code: 2, error: expect.stringContaining('Did you mean run?') });
    expect(await cli(['runs', 'ls', '--output', 'xml'])).toMatchObject({ code: 2 });
    expect(await cli(['runs', 'show', '20261122T181500-00000000'])).toMatchObject({ code: 2 });
  });

  test('ends with 130 when it is interrupted', async () => {
    const child = start(['sources']);
    await expect
      .poll(() => asked.some((line) => line.startsWith('GET /api/v1/sources')), { timeout: 20_000 })
      .toBe(true);
    child.kill('SIGINT');
    expect((await once(child, 'close'))[0]).toBe(130);
  });
});
