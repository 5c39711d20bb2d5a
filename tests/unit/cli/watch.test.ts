import { describe, expect, test } from 'vitest';
import type { Api } from '../../../cli/api';
import { exits, Fault } from '../../../cli/fault';
import type { Detail } from '../../../cli/watch';
import { watch } from '../../../cli/watch';

const RUN = '20261122T181500-1a2b3c4d';
const at = (second: number) => `2026-11-22T18:15:${String(second).padStart(2, '0')}.000Z`;

const detail = (status: Detail['run']['status'], copy: 'Running' | 'Succeeded' | 'Failed'): Detail => ({
  run: {
    run: RUN,
    status,
    trigger: { kind: 'http', actor: 'me', reason: 'test' },
    catalog: '1',
    wanted: ['users'],
    started: at(0),
    ended: status === 'Running' ? null : at(9),
    sources: [],
    datasets: [],
    problem: null,
  },
  steps: [
    {
      run: RUN,
      id: 'users/copy',
      subject: 'users',
      name: 'copy',
      status: copy,
      started: at(1),
      ended: copy === 'Running' ? null : at(3),
      rowsIn: copy === 'Running' ? null : '20000',
      rowsOut: null,
      detail: '',
      external: '',
      problem: null,
    },
  ],
});

/** Answers one after the other, as a run goes on. */
function apiOf(answers: { status: number; body: unknown; pauseMs?: number }[]): Api {
  const left = [...answers];
  const never = () => Promise.reject(new Error('watch asks for the raw answer alone'));
  return {
    read: never,
    change: never,
    stream: never,
    raw: async () => {
      const next = left.shift();
      if (next === undefined) throw new Error('asked once too often');
      if (next.status === 0) throw new Fault(exits.dependency, 'API_UNREACHABLE', 'it is away.', 'Wait.');
      return { status: next.status, text: JSON.stringify(next.body), pauseMs: next.pauseMs ?? 0 };
    },
  };
}

const story = [
  { status: 404, body: {} },
  { status: 200, body: detail('Running', 'Running') },
  { status: 200, body: detail('Running', 'Running') },
  { status: 200, body: detail('Succeeded', 'Succeeded') },
];

describe('watch', () => {
  test('waits for a run that is not on record yet, and prints one line an event where nobody looks', async () => {
    let text = '';
    const end = await watch(apiOf(story), RUN, { write: (part) => (text += part) }, 1);
    expect(end.run.status).toBe('Succeeded');
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^Running +users\/copy/);
    expect(lines[1]).toBe(`Running    run ${RUN}`);
    expect(lines[2]).toBe('Succeeded  users/copy  20000 in  2.0 s');
    expect(lines[3]).toBe(`Succeeded  run ${RUN}`);
  });

  test('redraws its lines on a terminal, never wider than it', async () => {
    let text = '';
    await watch(apiOf(story), RUN, { isTTY: true, columns: 24, write: (part) => (text += part) }, 1);
    expect(text.split('\x1b[2A')).toHaveLength(3);
    for (const line of text.split('\n'))
      expect(line.replaceAll('\x1b[2A', '').replaceAll('\x1b[2K', '').length).toBeLessThan(24);
  });

  const away = { status: 0, body: null };

  test('looks again while the API is away, after the pause that it asks for', async () => {
    const rest = story.slice(1);
    const busy = { status: 503, body: 'starting', pauseMs: 60 };
    const started = Date.now();
    const end = await watch(apiOf([away, ...rest.slice(0, 1), busy, away, ...rest.slice(1)]), RUN, null, 1);
    expect(end.run.status).toBe('Succeeded');
    expect(Date.now() - started).toBeGreaterThanOrEqual(60);
  });

  test('says that the run goes on when the API stays away', async () => {
    const gone = apiOf(Array.from({ length: 1000 }, () => away));
    await expect(watch(gone, RUN, null, 1, 20)).rejects.toMatchObject({
      exitCode: 5,
      code: 'API_UNREACHABLE',
      next: expect.stringContaining(`tidemark runs watch ${RUN}`),
    });
  });

  test('gives up with the words of the API when it refuses', async () => {
    const problem = { code: 'AUTH_ROLE', where: 'API', why: 'no role.', next: 'Ask.', transient: false };
    const refused = apiOf([{ status: 403, body: { problem, correlation: 'c' } }]);
    await expect(watch(refused, RUN, null, 1)).rejects.toMatchObject({ exitCode: 4, code: 'AUTH_ROLE' });
  });
});
