import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { list } from '../../../cli/commands/quarantine';
import { backfill, rerun, run } from '../../../cli/commands/run';
import { reset } from '../../../cli/commands/watermark';

const RUN = '20260101T000000-0000abcd';
const [past, at] = ['2026-01-01 00:00:00.000000', '2026-01-02 00:00:00.000000'];
const watermark = { source: 'users', cursor: at, window: '7', run: RUN, committed: '2026-01-02T00:00:01.000Z' };

interface Asked {
  readonly line: string;
  readonly key: string | undefined;
  readonly body: unknown;
}

const aRow = (id: string) => {
  const of = { id, source: 'users', lane: null, window: '1', kind: 'row', file: null, line: null, payload: '{}' };
  return { ...of, reasons: [], masked: false, state: 'open', decision: null };
};

let server: Server;
let asked: Asked[];
let cuts: number;
let inBody: boolean;

function answer(request: IncomingMessage, response: ServerResponse, text: string): void {
  asked.push({
    line: `${request.method} ${request.url}`,
    key: request.headers['idempotency-key'] as string | undefined,
    body: text === '' ? null : JSON.parse(text),
  });
  if (request.method === 'POST' && cuts > 0) {
    cuts -= 1;
    if (inBody) response.writeHead(202, { 'content-length': 100 }).write('{"run":', () => request.socket.destroy());
    else request.socket.destroy();
    return;
  }
  const view = { source: 'users', watermark, damaged: null, newest: null, busy: null };
  const done = { watermark: { ...watermark, cursor: past, run: RUN }, before: at };
  const bodies: Record<string, unknown> = {
    'GET /api/v1/sources/users/watermark': view,
    'POST /api/v1/sources/users/watermark/reset': done,
    'POST /api/v1/backfills': { run: RUN, windows: 4 },
    'GET /api/v1/quarantine?limit=2': { rows: [aRow('users.7.0')], next: 'users.5.0' },
    'GET /api/v1/quarantine?limit=1&after=users.5.0': { rows: [aRow('users.1.0')], next: null },
  };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(bodies[`${request.method} ${request.url}`] ?? { run: RUN }));
}

beforeEach(async () => {
  [asked, cuts, inBody] = [[], 0, false];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', () => answer(request, response, text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('TIDEMARK_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  server.close();
});

const said = { reason: 'wrong rows', output: 'json' };

describe('a request for a change', () => {
  test.each([false, true])(
    'is sent again under the same key when its answer was cut off, in its body: %s',
    async (late) => {
      [cuts, inBody] = [1, late];
      expect(await run({ source: ['users'], output: 'json', queue: true })).toBe(0);
      expect(asked).toHaveLength(2);
      expect(asked[0]).toEqual(asked[1]);
      expect(asked[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  test.each(['tidemark.example', 'tidemark.example:443'])('is not sent to what is no address: %s', async (url) => {
    vi.stubEnv('TIDEMARK_URL', url);
    const refused = { exitCode: 3, code: 'CONFIG_INVALID' };
    await expect(run({ source: [], output: 'json', queue: true })).rejects.toMatchObject(refused);
  });

  test('gives up after three tries', async () => {
    cuts = 9;
    await expect(run({ source: [], output: 'json', queue: true })).rejects.toMatchObject({ code: 'API_UNREACHABLE' });
    expect(asked).toHaveLength(3);
  });

  test('carries the key that was given, and another one each time when none was', async () => {
    await rerun(RUN, { ...said, key: 'mine', asWas: true });
    await rerun(RUN, said);
    await rerun(RUN, said);
    expect(asked[0]).toEqual({
      line: `POST /api/v1/runs/${RUN}/rerun`,
      key: 'mine',
      body: { reason: 'wrong rows', asWas: true },
    });
    expect(new Set(asked.map(({ key }) => key)).size).toBe(3);
  });

  test('asks for a backfill with its bounds as text', async () => {
    await backfill('users', { ...said, from: past, to: at, window: '6h', parallel: '3' });
    expect(asked[0]).toMatchObject({
      line: 'POST /api/v1/backfills',
      body: { source: 'users', from: past, to: at, window: '6h', parallel: 3, reason: 'wrong rows' },
    });
  });
});

test('quarantine ls goes on until it has as many rows as were asked for, or all there are', async () => {
  const written = vi.mocked(process.stdout.write);
  expect(await list({ limit: '2', output: 'json' })).toBe(0);
  expect(written.mock.calls.map(([text]) => text).join('')).toMatch(/users\.7\.0[\s\S]*users\.1\.0/);
});

describe('watermark reset', () => {
  const changes = () => asked.filter(({ line }) => line.startsWith('POST'));

  test('sends what it has seen along, so that a source which has moved meanwhile is left alone', async () => {
    expect(await reset('users', { ...said, to: past, yes: true })).toBe(0);
    expect(changes()).toMatchObject([{ body: { to: past, from: at, fullLoad: false, reason: 'wrong rows' } }]);
  });

  test('does nothing without a yes where nobody sits at a terminal', async () => {
    await expect(reset('users', { ...said, to: past })).rejects.toMatchObject({ exitCode: 2, code: 'UNCONFIRMED' });
    expect(changes()).toEqual([]);
  });

  test.each([{}, { to: past, fullLoad: true }])('wants one place to go to: %j', async (where) => {
    await expect(reset('users', { ...said, ...where, yes: true })).rejects.toMatchObject({ exitCode: 2 });
    expect(asked).toEqual([]);
  });
});
