import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkToken } from '../../../../local/http/token';
import { API } from '../../../../local/identity/registry';
import { EndedRun } from '../../../../shared/contracts/ended';
import { type FactoryStack, factoryStack } from './stack';

const PIPELINES = ['copy_landed_files', 'copy_mysql_snapshot', 'copy_mysql_window', 'copy_sftp_files', 'export_gold'];
const INSTANCE = '20260101T000000-0000abcd:source:users';

interface Named {
  readonly name: string;
  readonly dependsOn: readonly object[];
}

let stack: FactoryStack;
let app: string;
let status: number;
let told: { who: string; body: unknown }[];

/** The end of a pipeline of the product as it is deployed, behind work that ends as a test says. */
async function deployed(pipeline: string): Promise<void> {
  const file = join(__dirname, '../../../../adf/pipeline', `${pipeline}.json`);
  const { properties } = JSON.parse(readFileSync(file, 'utf8')) as { properties: { activities: Named[] } };
  const behind = [{ activity: 'Work', dependencyConditions: ['Succeeded'] }];
  const end = properties.activities.slice(-2).map((one, at) => (at === 0 ? { ...one, dependsOn: behind } : one));
  const parameters = Object.fromEntries(
    ['url', 'callBackUrl', 'callBackAudience', 'instance'].map((name) => [name, { type: 'String', defaultValue: '' }]),
  );
  const work = {
    name: 'Work',
    type: 'WebActivity',
    dependsOn: [],
    typeProperties: { url: { value: '@pipeline().parameters.url', type: 'Expression' }, method: 'GET' },
  };
  const variables = { told: { type: 'String' } };
  const answer = await stack.put('pipelines', pipeline, { parameters, variables, activities: [work, ...end] });
  if (!answer.ok) throw new Error(await answer.text());
}
const run = (pipeline: string, url: string, callBackUrl = `${app}/api/v1/ended`) =>
  stack.run(pipeline, { url, callBackUrl, callBackAudience: API.clientId, instance: INSTANCE });

beforeAll(async () => {
  stack = await factoryStack();
  ({ url: app } = await stack.state.serve(async (request) => {
    if (new URL(request.url).pathname === '/work') return Response.json({});
    if (new URL(request.url).pathname === '/broken') return new Response('no', { status: 400 });
    const rules = { audience: [API.clientId], keys: stack.known.keys };
    const caller = await checkToken(request.headers.get('authorization'), rules);
    told.push({ who: caller.kind === 'accepted' ? caller.name : caller.reason, body: await request.json() });
    return Response.json({ heard: true }, { status });
  }));
  for (const pipeline of PIPELINES) await deployed(pipeline);
}, 120_000);
beforeEach(() => {
  status = 200;
  told = [];
});
afterAll(() => stack?.dispose());

describe('a pipeline that has done its work', () => {
  test.each(PIPELINES)('%s calls back as the factory, once, and says whose it is and which run', async (pipeline) => {
    const { id, status: ended } = await run(pipeline, `${app}/work`);
    expect([ended, told]).toEqual(['Succeeded', [{ who: 'factory', body: { instance: INSTANCE, run: id } }]]);
    expect(EndedRun.safeParse(told[0]?.body).success).toBe(true);
  });

  test('succeeds though nobody hears it', async () => {
    status = 500;
    expect((await run('copy_mysql_window', `${app}/work`)).status).toBe('Succeeded');
    expect(told).toHaveLength(1);
  });

  test('calls nobody where there is nobody to call', async () => {
    expect((await run('copy_mysql_window', `${app}/work`, '')).status).toBe('Succeeded');
    expect(told).toEqual([]);
  });
});

test('a pipeline whose work failed has failed, and calls nobody', async () => {
  const ran = await run('export_gold', `${app}/broken`);
  expect([ran.status, ran.message]).toEqual(['Failed', expect.stringContaining('Work')]);
  expect(told).toEqual([]);
});
