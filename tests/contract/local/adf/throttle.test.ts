import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { dataFactory } from '../../../../shared/azure/factory';
import { WaitError } from '../../../../shared/errors';
import { BASE, FACTORY, type FactoryStack, factoryStack, GROUP } from './stack';

const FRESH_MS = 2500;
let stack: FactoryStack;
const SINCE = new Date(Date.now() - 1000).toISOString();
const WAITS = [{ name: 'wait', type: 'Wait', typeProperties: { waitTimeInSeconds: 600 } }];
const parameters = { runKey: { type: 'string', defaultValue: '' } };

async function standing(limits: Parameters<typeof factoryStack>[0]): Promise<void> {
  stack = await factoryStack(limits);
  const answer = await stack.put('pipelines', 'waits', { parameters, activities: WAITS });
  if (!answer.ok) throw new Error(await answer.text());
}
const adapter = () =>
  dataFactory({
    endpoint: stack.url,
    id: BASE,
    credential: stack.known.of('app'),
    now: () => new Date(),
    freshMs: FRESH_MS,
  });
const create = () => stack.client.pipelines.createRun(GROUP, FACTORY, 'waits');

afterEach(() => stack?.dispose());

describe('the limits of a factory', () => {
  test('writes above the rate of the resource manager are refused with the time to wait', async () => {
    await standing({ rates: { 'adf.writes': [{ count: 2, seconds: 60 }] } });
    await create();
    const refused = await create().catch((error: unknown) => error);
    expect(refused).toMatchObject({ statusCode: 429, code: 'TooManyRequests' });
    expect(Number((refused as { response: Response }).response.headers.get('retry-after'))).toBeGreaterThan(50);
  });

  test('a factory takes no more runs at once than it says', async () => {
    await standing({ concurrentRuns: 1 });
    await create();
    await expect(create()).rejects.toMatchObject({ statusCode: 429, code: 'TooManyRequests' });
  });

  test('the app waits as long as it is told, and sends nothing meanwhile', async () => {
    await standing({ rates: { 'adf.writes': [{ count: 2, seconds: 60 }] } });
    const factory = adapter();
    await factory.start('waits', {}, 'first', SINCE);
    const refused = await factory.start('waits', {}, 'second', SINCE).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(WaitError);
    expect((refused as WaitError).seconds).toBeGreaterThan(50);
    const writes = () => stack.calls.filter(({ path }) => path.endsWith('createRun')).length;
    const sent = writes();
    await expect(factory.start('waits', {}, 'third', SINCE)).rejects.toBeInstanceOf(WaitError);
    expect(writes()).toBe(sent);
  });
});

test('a hundred windows need a hundredth of the calls that as many looks would be', { timeout: 300_000 }, async () => {
  await standing({});
  const factory = adapter();
  const keys = Array.from({ length: 100 }, (_, nth) => `window-${nth}`);
  const runs = await Promise.all(keys.map((key) => factory.start('waits', {}, key, SINCE)));
  const before = stack.calls.length;
  const rounds = 5;
  for (let round = 0; round < rounds; round += 1) {
    const looks = await Promise.all(runs.map((run) => factory.look(run)));
    expect(looks.every(({ kind }) => kind === 'running')).toBe(true);
    await sleep(FRESH_MS);
  }
  const asked = stack.calls.slice(before);
  console.log(`${rounds * runs.length} looks at ${runs.length} runs were ${asked.length} calls`);
  expect(new Set(asked.map(({ path }) => path.split('/').at(-1)))).toEqual(new Set(['queryPipelineRuns']));
  // A page of a list holds a hundred; a slow machine may spread a round over two lists.
  expect(asked.length).toBeLessThanOrEqual(rounds * 2);
});
