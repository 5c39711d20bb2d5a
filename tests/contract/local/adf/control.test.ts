import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planFaults } from '../../../support/local';
import { BASE, ended, FACTORY, type FactoryStack, factoryStack, GROUP } from './stack';

let stack: FactoryStack;
/** Pauses before a retry that were asked for, in ms; none is waited for. */
const pauses: number[] = [];
beforeAll(async () => {
  stack = await factoryStack({ pause: async (ms) => void pauses.push(ms) });
});
afterAll(() => stack.dispose());

const expression = (value: string) => ({ value, type: 'Expression' });
const after = (activity: string, ...dependencyConditions: string[]) => ({ activity, dependencyConditions });
const wait = (name: string, seconds: unknown = 0, dependsOn: unknown[] = []) => ({
  name,
  type: 'Wait',
  dependsOn,
  typeProperties: { waitTimeInSeconds: seconds },
});
const fail = (name: string, message: string, dependsOn: unknown[] = []) => ({
  name,
  type: 'Fail',
  dependsOn,
  typeProperties: { message, errorCode: 'E_TEST' },
});
const set = (name: string, variableName: string, value: unknown, dependsOn: unknown[] = []) => ({
  name,
  type: 'SetVariable',
  dependsOn,
  typeProperties: { variableName, value },
});
const put = async (name: string, activities: unknown[], more: object = {}) => {
  const answer = await stack.put('pipelines', name, { activities, ...more });
  return answer.ok ? 'ok' : ((await answer.json()) as { error: { message: string } }).error.message;
};
const play = async (
  name: string,
  activities: unknown[],
  more: object = {},
  parameters: Record<string, unknown> = {},
) => {
  expect(await put(name, activities, more)).toBe('ok');
  return stack.run(name, parameters);
};
const statuses = (ran: Awaited<ReturnType<FactoryStack['run']>>) =>
  Object.fromEntries(ran.activities.map(({ name, status }) => [name, status]));

describe('definitions', () => {
  test('are given back as they came', async () => {
    const properties = {
      parameters: { a: { type: 'String', defaultValue: 'x' } },
      activities: [wait('W', expression('@int(pipeline().parameters.a)'))],
      annotations: ['one'],
    };
    await stack.put('pipelines', 'verbatim', properties);
    const { token } = (await stack.known.of('app').getToken('https://management.azure.com/.default')) ?? { token: '' };
    const answer = await fetch(`${stack.url}${BASE}/pipelines/verbatim?api-version=2018-06-01`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await answer.json()).toMatchObject({ name: 'verbatim', properties });
    const names: (string | undefined)[] = [];
    for await (const one of stack.client.pipelines.listByFactory(GROUP, FACTORY)) names.push(one.name);
    expect(names).toContain('verbatim');
  });

  test.each([
    ['an activity type', [{ name: 'A', type: 'HDInsightHive', typeProperties: {} }], 'type'],
    ['a property', [{ ...wait('A'), typeProperties: { waitTimeInSeconds: 1, colour: 'red' } }], 'colour'],
    ['a function', [wait('A', expression("@nthIndexOf('a', 'a', 1)"))], "the function 'nthIndexOf'"],
    [
      'a reference',
      [
        {
          name: 'A',
          type: 'ExecutePipeline',
          typeProperties: { pipeline: { referenceName: 'ghost', type: 'PipelineReference' } },
        },
      ],
      "'ghost'",
    ],
    ['a dependency', [wait('A', 0, [after('B', 'Succeeded')])], "depends on 'B'"],
    ['a cycle', [wait('A', 0, [after('B', 'Succeeded')]), wait('B', 0, [after('A', 'Succeeded')])], 'cycle'],
    [
      'a nested loop',
      [
        {
          name: 'A',
          type: 'ForEach',
          typeProperties: {
            items: expression('@createArray(1)'),
            activities: [{ name: 'B', type: 'IfCondition', typeProperties: { expression: expression('@true') } }],
          },
        },
      ],
      'may not be inside',
    ],
  ])('with %s that is not known are refused by name', async (_, activities, words) => {
    expect(await put('refused', activities)).toContain(words);
  });

  const call = (httpRequestTimeout: string) => ({
    name: 'Call',
    type: 'WebActivity',
    typeProperties: { url: 'http://127.0.0.1', method: 'GET', httpRequestTimeout },
  });

  test.each([
    ['a request that waits ten seconds', call('00:00:10'), 'from 00:01:00 to 00:10:00'],
    ['a request that waits longer than ten minutes', call('00:10:01'), 'from 00:01:00 to 00:10:00'],
    ['a retry after less than 30 seconds', { ...wait('A'), policy: { retryIntervalInSeconds: 29 } }, '>=30'],
    ['a name of 56 characters', wait('x'.repeat(56)), '<=55'],
    ['a name that begins with a space', wait(' A'), 'begins with a letter'],
    ...[...'.+?/<>*%&:\\'].map((sign): [string, object, string] => [
      `a name with ${sign}`,
      wait(`A${sign}`),
      'none of',
    ]),
  ])('with %s are refused, as the service has it', async (_, activity, words) => {
    expect(await put('refused', [activity])).toContain(words);
  });

  test('need a bearer token for the management plane', async () => {
    const bare = await fetch(`${stack.url}${BASE}/pipelines?api-version=2018-06-01`);
    const { token } = (await stack.known.of('app').getToken('https://storage.azure.com/.default')) ?? { token: '' };
    const other = await fetch(`${stack.url}${BASE}/pipelines?api-version=2018-06-01`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([bare.status, other.status]).toEqual([401, 401]);
  });

  test('a call that is not imitated names itself', async () => {
    const call = stack.client.triggers.get(GROUP, FACTORY, 'nightly');
    await expect(call).rejects.toMatchObject({ statusCode: 501, message: expect.stringContaining('triggers/nightly') });
  });
});

describe('control flow', () => {
  test('parameters, variables and loops give what they say, and big integers keep every digit', async () => {
    const ran = await play(
      'loops',
      [
        {
          name: 'Each',
          type: 'ForEach',
          typeProperties: {
            items: expression('@pipeline().parameters.items'),
            isSequential: true,
            activities: [
              {
                name: 'Add',
                type: 'AppendVariable',
                typeProperties: { variableName: 'seen', value: expression('@item().n') },
              },
            ],
          },
        },
        {
          name: 'Big',
          type: 'Filter',
          dependsOn: [after('Each', 'Succeeded')],
          typeProperties: { items: expression("@variables('seen')"), condition: expression('@greater(item(), 1)') },
        },
        set(
          'Say',
          'said',
          expression("@concat(string(length(variables('seen'))), '/', string(activity('Big').output.Value[0]))"),
          [after('Big', 'Succeeded')],
        ),
        {
          name: 'Which',
          type: 'Switch',
          dependsOn: [after('Say', 'Succeeded')],
          typeProperties: {
            on: expression("@variables('said')"),
            cases: [{ value: '2/9223372036854775807', activities: [wait('Right')] }],
            defaultActivities: [fail('Wrong', 'default')],
          },
        },
        {
          name: 'Until',
          type: 'Until',
          dependsOn: [after('Which', 'Succeeded')],
          typeProperties: {
            expression: expression("@greaterOrEquals(length(variables('seen')), 5)"),
            timeout: '0.00:01:00',
            activities: [
              { name: 'More', type: 'AppendVariable', typeProperties: { variableName: 'seen', value: 'x' } },
            ],
          },
        },
      ],
      { parameters: { items: { type: 'Array' } }, variables: { seen: { type: 'Array' }, said: { type: 'String' } } },
      { items: [{ n: 1 }, { n: 2 }] },
    );
    expect([ran.status, ran.message]).toEqual(['Failed', expect.stringContaining('Inner activity name: Wrong')]);
    // The client cannot write an integer past 2^53, so this start goes out as raw JSON.
    const { token } = (await stack.known.of('app').getToken('https://management.azure.com/.default')) ?? { token: '' };
    const started = await fetch(`${stack.url}${BASE}/pipelines/loops/createRun?api-version=2018-06-01`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: '{"items":[{"n":1},{"n":9223372036854775807}]}',
    });
    const { runId } = (await started.json()) as { runId: string };
    const again = await ended(stack.client, runId);
    expect(again.message).toBe('');
    expect(again.activities.filter(({ name }) => name === 'More')).toHaveLength(3);
  });

  test('a loop runs its items side by side, as many as it may', async () => {
    const each = (more: object) => [
      {
        name: 'Each',
        type: 'ForEach',
        typeProperties: { items: expression('@range(0, 6)'), activities: [wait('Inner', 0.2)], ...more },
      },
    ];
    const timed = async (more: object) => {
      const ran = await play('sidebyside', each(more));
      const run = await stack.client.pipelineRuns.get(GROUP, FACTORY, ran.id);
      return run.durationInMs ?? 0;
    };
    expect(await timed({ batchCount: 6 })).toBeLessThan(900);
    expect(await timed({ batchCount: 2 })).toBeGreaterThanOrEqual(600);
  });

  test('a caught failure ends well, and its message reaches the handler', async () => {
    const ran = await play(
      'caught',
      [
        fail('Break', 'it broke'),
        set('Handle', 'why', expression("@activity('Break').error.message"), [after('Break', 'Failed')]),
      ],
      { variables: { why: { type: 'String' } } },
    );
    expect(ran.status).toBe('Succeeded');
    expect(ran.activities.find(({ name }) => name === 'Handle')?.output).toEqual({ name: 'why', value: 'it broke' });
  });

  test('an uncaught failure skips what follows and names its place', async () => {
    const ran = await play('uncaught', [fail('Break', 'it broke'), wait('Next', 0, [after('Break', 'Succeeded')])]);
    expect(ran).toMatchObject({ status: 'Failed', message: 'Operation on target Break failed: it broke' });
    expect(statuses(ran)).toEqual({ Break: 'Failed', Next: 'Skipped' });
  });

  test('retries are attempts of their own, and a time-out is a failure', async () => {
    const ran = await play('retried', [
      { ...wait('Slow', 5), policy: { timeout: '0.00:00:01', retry: 1, retryIntervalInSeconds: 30 } },
    ]);
    expect(ran.activities.map(({ status }) => status)).toEqual(['Failed', 'Failed']);
    expect(pauses).toEqual([30_000]);
    expect(ran.message).toContain('ran longer than its time-out of 0.00:00:01');
  });

  test('a child pipeline gets its parameters, knows its parent and returns a value', async () => {
    await put(
      'child',
      [
        {
          name: 'Return',
          type: 'SetVariable',
          typeProperties: {
            variableName: 'pipelineReturnValue',
            setSystemVariable: true,
            value: [
              {
                key: 'said',
                value: {
                  type: 'Expression',
                  content: "@concat(pipeline().parameters.word, ' from ', pipeline()?.TriggeredByPipelineName)",
                },
              },
            ],
          },
        },
      ],
      { parameters: { word: { type: 'String' } } },
    );
    const ran = await play('parent', [
      {
        name: 'Call',
        type: 'ExecutePipeline',
        typeProperties: {
          pipeline: { referenceName: 'child', type: 'PipelineReference' },
          waitOnCompletion: true,
          parameters: { word: expression("@toUpper('hi')") },
        },
      },
    ]);
    expect(ran.activities[0]?.output).toMatchObject({ pipelineReturnValue: { said: 'HI from parent' } });
  });

  test("a Web activity brings the factory's own token and gives the answer", async () => {
    const seen: (string | null)[] = [];
    const { url } = await stack.state.serve(async (request) => {
      seen.push(request.headers.get('authorization'), await request.text());
      return Response.json({ taken: true });
    });
    const ran = await play('called', [
      {
        name: 'Call',
        type: 'WebActivity',
        typeProperties: {
          url,
          method: 'POST',
          body: expression('@concat(\'{"run":"\', pipeline().RunId, \'"}\')'),
          authentication: { type: 'MSI', resource: 'api://tidemark' },
        },
      },
    ]);
    expect(ran.activities[0]?.output).toMatchObject({ taken: true });
    expect(seen).toEqual([expect.stringMatching(/^Bearer ey/), `{"run":"${ran.id}"}`]);
  });

  test('secret output is used but not shown', async () => {
    const { url } = await stack.state.serve(() => Response.json({ word: 'hush' }));
    const ran = await play(
      'secret',
      [
        { name: 'Ask', type: 'WebActivity', policy: { secureOutput: true }, typeProperties: { url, method: 'GET' } },
        set('Use', 'n', expression("@string(length(activity('Ask').output.word))"), [after('Ask', 'Succeeded')]),
      ],
      { variables: { n: { type: 'String' } } },
    );
    expect(ran.activities.map(({ output }) => output)).toEqual([{}, { name: 'n', value: '4' }]);
  });
});

describe('runs', () => {
  const start = (name: string, options: object = {}) => stack.client.pipelines.createRun(GROUP, FACTORY, name, options);
  const window = () => ({
    lastUpdatedAfter: new Date(Date.now() - 60_000),
    lastUpdatedBefore: new Date(Date.now() + 60_000),
  });

  test('want every required parameter, know no other, and take defaults', async () => {
    await put('asks', [wait('W')], {
      parameters: { must: { type: 'Int' }, may: { type: 'String', defaultValue: 'm' } },
    });
    await expect(start('asks')).rejects.toMatchObject({ statusCode: 400, message: expect.stringContaining("'must'") });
    await expect(start('asks', { parameters: { must: 1, more: 2 } })).rejects.toMatchObject({
      message: expect.stringContaining("'more'"),
    });
    await expect(start('asks', { parameters: { must: 'x' } })).rejects.toMatchObject({
      message: expect.stringContaining('type Int'),
    });
    const { runId } = await start('asks', { parameters: { must: 7 } });
    expect((await stack.client.pipelineRuns.get(GROUP, FACTORY, runId)).parameters).toEqual({ must: '7', may: 'm' });
  });

  test('whose reply was lost can be found by the key that they carry', async () => {
    await put('keyed', [wait('W')], { parameters: { runKey: { type: 'String' } } });
    await planFaults(stack.url, [{ match: `POST ${BASE}/pipelines/keyed/createRun`, kind: 'drop-after' }]);
    await expect(start('keyed', { parameters: { runKey: 'r:1' } })).rejects.toThrow();
    const found = await stack.client.pipelineRuns.queryByFactory(GROUP, FACTORY, {
      ...window(),
      filters: [{ operand: 'PipelineName', operator: 'Equals', values: ['keyed'] }],
    });
    expect(found.value.map(({ parameters }) => parameters)).toEqual([{ runKey: 'r:1' }]);
  });

  test('are queried in pages', async () => {
    await put('many', [wait('W')]);
    const ids = new Set<string>();
    for (let n = 0; n < 120; n += 1) ids.add((await start('many')).runId);
    const filters = [{ operand: 'PipelineName' as const, operator: 'Equals' as const, values: ['many'] }];
    const pages: number[] = [];
    for (let continuationToken: string | undefined, first = true; first || continuationToken; first = false) {
      const page = await stack.client.pipelineRuns.queryByFactory(GROUP, FACTORY, {
        ...window(),
        filters,
        ...(continuationToken ? { continuationToken } : {}),
      });
      pages.push(page.value.length);
      for (const { runId } of page.value) ids.delete(runId ?? '');
      continuationToken = page.continuationToken;
    }
    expect([pages, ids.size]).toEqual([[100, 20], 0]);
  });

  test('are cancelled with their children', async () => {
    await put('sleeper', [wait('Sleep', 60)]);
    await put('above', [
      {
        name: 'Call',
        type: 'ExecutePipeline',
        typeProperties: { pipeline: { referenceName: 'sleeper', type: 'PipelineReference' }, waitOnCompletion: true },
      },
    ]);
    const { runId } = await start('above');
    await sleep(100);
    await stack.client.pipelineRuns.cancel(GROUP, FACTORY, runId, { isRecursive: true });
    const ran = await ended(stack.client, runId);
    const [child] = (
      await stack.client.pipelineRuns.queryByFactory(GROUP, FACTORY, {
        ...window(),
        filters: [{ operand: 'PipelineName', operator: 'Equals', values: ['sleeper'] }],
      })
    ).value;
    expect([ran.status, child?.status, statuses(ran)]).toEqual(['Cancelled', 'Cancelled', { Call: 'Cancelled' }]);
  });

  test('wait in line behind the concurrency of their pipeline', async () => {
    await put('single', [wait('W', 0.3)], { concurrency: 1 });
    const [first, second] = [await start('single'), await start('single')];
    expect((await stack.client.pipelineRuns.get(GROUP, FACTORY, second.runId)).status).toBe('Queued');
    await ended(stack.client, first.runId);
    expect((await ended(stack.client, second.runId)).status).toBe('Succeeded');
  });

  test('are recovered from their failure without doing again what was done', async () => {
    const hits: string[] = [];
    let broken = true;
    const { url } = await stack.state.serve((request) => {
      hits.push(new URL(request.url).pathname);
      return hits.at(-1) === '/second' && broken ? new Response('no', { status: 500 }) : Response.json({ n: 1 });
    });
    const call = (name: string, path: string, dependsOn: unknown[] = []) => ({
      name,
      type: 'WebActivity',
      dependsOn,
      typeProperties: { url: `${url}${path}`, method: 'GET' },
    });
    const failed = await play(
      'twice',
      [call('First', '/first'), call('Second', '/second', [after('First', 'Succeeded')])],
      { parameters: { p: { type: 'String' } } },
      { p: 'kept' },
    );
    broken = false;
    const { runId } = await start('twice', {
      referencePipelineRunId: failed.id,
      isRecovery: true,
      startFromFailure: true,
    });
    const again = await ended(stack.client, runId);
    const run = await stack.client.pipelineRuns.get(GROUP, FACTORY, runId);
    expect([failed.status, again.status, hits]).toEqual(['Failed', 'Succeeded', ['/first', '/second', '/second']]);
    expect([run.runGroupId, run.parameters]).toEqual([failed.id, { p: 'kept' }]);
    expect((await stack.client.pipelineRuns.get(GROUP, FACTORY, failed.id)).isLatest).toBe(false);
  });

  test('that are not known are answered with 404 and their code', async () => {
    await expect(stack.client.pipelineRuns.get(GROUP, FACTORY, 'none')).rejects.toMatchObject({
      statusCode: 404,
      code: 'PipelineRunNotFound',
    });
  });
});
