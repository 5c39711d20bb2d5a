import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dataFactory } from '../../../../shared/azure/factory';
import { TransientError } from '../../../../shared/errors';
import type { Factory } from '../../../../shared/ports/factory';
import { problem } from '../../../../shared/problem';
import { fakeFactory } from '../../../fakes/factory';
import { planFaults } from '../../../support/local';
import { BASE, type FactoryStack, factoryStack } from '../../local/adf/stack';
import { factoryContract, SINCE } from './factory.contract';

let stack: FactoryStack;
let factory: Factory;

const parameters = { runKey: { type: 'string' }, word: { type: 'string', defaultValue: 'none' } };
const activity = (name: string, type: string, typeProperties: object) => ({ name, type, typeProperties });
const PIPELINES = {
  quick: [activity('say', 'Wait', { waitTimeInSeconds: 0 })],
  broken: [
    activity('copy', 'Fail', { message: "MySQL error 1146: Table 'shop.users' doesn't exist", errorCode: '2200' }),
  ],
  slow: [activity('wait', 'Wait', { waitTimeInSeconds: 600 })],
  vaultless: [
    activity('look', 'Fail', { message: 'connect ECONNREFUSED 127.0.0.1:3306 password=hunter2', errorCode: '2100' }),
  ],
};

beforeAll(async () => {
  stack = await factoryStack();
  for (const [name, activities] of Object.entries(PIPELINES)) {
    const answer = await stack.put('pipelines', name, { parameters, activities });
    if (!answer.ok) throw new Error(await answer.text());
  }
  factory = dataFactory({
    endpoint: stack.url,
    id: BASE,
    credential: stack.known.of('app'),
    now: () => new Date(),
    freshMs: 100,
  });
}, 120_000);
afterAll(() => stack?.dispose());

async function ended(run: string) {
  for (let looks = 0; looks < 200; looks += 1) {
    const state = await factory.look(run);
    if (state.kind !== 'running') return state;
    await sleep(50);
  }
  throw new Error(`run ${run} does not end`);
}

describe('fake factory', () => {
  factoryContract(async () => {
    const fake = fakeFactory();
    const start: Factory['start'] = async (pipeline, ...rest) => {
      if (pipeline === 'absent') return fake.refuse();
      const run = await fake.start(pipeline, ...rest);
      const said = {
        name: 'say',
        type: 'Wait',
        status: 'Succeeded',
        input: {},
        output: {},
        problem: null,
        properties: {},
      };
      const why = problem('SOURCE_QUERY', 'Data Factory', 'MySQL error 1146', 'Check the table.');
      if (pipeline === 'quick') fake.finish(run, { kind: 'succeeded', activities: [said] });
      if (pipeline === 'broken') fake.finish(run, { kind: 'failed', problem: why, activities: [] });
      return run;
    };
    return { factory: { ...fake, start }, ended: fake.look };
  });
});
describe('Data Factory', () => factoryContract(async () => ({ factory, ended })));

describe('when the answer of createRun is lost', () => {
  const create = (pipeline: string) => `POST ${BASE}/pipelines/${pipeline}/createRun`;
  const runsOf = async (key: string) => {
    const found = await stack.client.pipelineRuns.queryByFactory('tidemark-local', 'tidemark-local', {
      lastUpdatedAfter: new Date(0),
      lastUpdatedBefore: new Date(Date.now() + 60_000),
    });
    return found.value.filter((run) => run.parameters?.['runKey'] === key).length;
  };
  afterEach(() => fetch(`${stack.url}/_local/faults`, { method: 'DELETE', headers: { 'x-tidemark-local': '1' } }));

  test('the run that it started is adopted', async () => {
    await planFaults(stack.url, [{ match: create('quick'), kind: 'drop-after' }]);
    const run = await factory.start('quick', {}, 'lost-answer', SINCE);
    expect(await ended(run)).toMatchObject({ kind: 'succeeded' });
    expect(await factory.start('quick', {}, 'lost-answer', SINCE)).toBe(run);
    expect(await runsOf('lost-answer')).toBe(1);
  });

  test.each([500, 503, 429])('and nothing was started (%s), another attempt starts one', async (status) => {
    const key = `refused-${status}`;
    await planFaults(stack.url, [{ match: create('quick'), kind: 'status', status }]);
    await expect(factory.start('quick', {}, key, SINCE)).rejects.toBeInstanceOf(TransientError);
    expect(await runsOf(key), 'the SDK has not repeated it').toBe(0);
    await factory.start('quick', {}, key, SINCE);
    expect(await runsOf(key)).toBe(1);
  });
});

describe('many runs at once', () => {
  test('are asked for in one list, and each is looked at by itself when it has ended', async () => {
    const keys = Array.from({ length: 12 }, (_, nth) => `together-${nth}`);
    const runs = await Promise.all(keys.map((key) => factory.start('slow', {}, key, SINCE)));
    const before = stack.calls.length;
    const looks = await Promise.all(runs.map((run) => factory.look(run)));
    expect(looks.every(({ kind }) => kind === 'running')).toBe(true);
    expect(stack.calls.slice(before).map(({ path }) => path.split('/').at(-1))).toEqual(['queryPipelineRuns']);
    await Promise.all(runs.map((run) => factory.cancel(run)));
    expect(await Promise.all(runs.map(ended))).toEqual(runs.map(() => ({ kind: 'cancelled' })));
  });
});

test('a failure is told without its secret, and the network on the way to a source is transient', async () => {
  const run = await ended(await factory.start('vaultless', {}, 'k', SINCE));
  expect(run).toMatchObject({ kind: 'failed', problem: { code: 'SOURCE_UNREACHABLE', transient: true } });
  expect(JSON.stringify('problem' in run && run.problem)).not.toContain('hunter2');
});
