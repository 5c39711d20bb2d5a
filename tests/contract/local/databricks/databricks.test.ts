import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Server, startServer } from './server';

const CLUSTER = '0101-000000-tidemark';
const HEADER = '# Databricks notebook source\n';
const NOTEBOOKS: Record<string, string> = {
  'demo/echo': `dbutils.widgets.text("word", "nothing")\ndbutils.notebook.exit(dbutils.widgets.get("word"))\n`,
  'demo/raise': 'raise ValueError("a broken rule")\n',
  'demo/silent': 'print("no exit")\n',
  'demo/count': 'dbutils.notebook.exit(str(spark.range(1000).count()))\n',
  'demo/sleep': 'import time\nspark.range(1).count()\nfor _ in range(600): time.sleep(0.1)\n',
  'demo/chatter': `try:
    while True: spark.conf.set("said", "something")
finally:
    spark.conf.unset("said")\n`,
  'demo/place': `import os, sys, time
sys.path.append(os.path.abspath(".."))
from engine.place import NAME
time.sleep(0.3)
dbutils.notebook.exit(NAME + " " + os.path.basename(os.getcwd()))\n`,
  'other/place': `import os, time
time.sleep(0.3)
dbutils.notebook.exit(os.path.basename(os.getcwd()))\n`,
  'demo/secret': 'dbutils.notebook.exit(dbutils.secrets.get("tidemark", "pseudonym-key"))\n',
};

let state: string;
let server: Server;

const submit = (notebook: string, more: Record<string, unknown> = {}, parameters: Record<string, string> = {}) =>
  server.call('POST', 'jobs/runs/submit', {
    run_name: notebook,
    queue: { enabled: true },
    tasks: [task('only', notebook, parameters)],
    ...more,
  });
const task = (key: string, notebook: string, parameters: Record<string, string> = {}, after: string[] = []) => ({
  task_key: key,
  existing_cluster_id: CLUSTER,
  notebook_task: { notebook_path: `/Shared/tidemark/${notebook}`, base_parameters: parameters },
  ...(after.length > 0 ? { depends_on: after.map((before) => ({ task_key: before })) } : {}),
});
const outputs = async (run: { tasks: { run_id: number }[] }) =>
  Promise.all(run.tasks.map((one) => server.call('GET', `jobs/runs/get-output?run_id=${one.run_id}`)));

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'databricks-'));
  const notebooks = join(state, 'notebooks');
  for (const [name, text] of Object.entries(NOTEBOOKS)) {
    await mkdir(join(notebooks, name, '..'), { recursive: true });
    await writeFile(join(notebooks, `${name}.py`), HEADER + text);
  }
  await mkdir(join(notebooks, 'engine'), { recursive: true });
  await writeFile(join(notebooks, 'engine/place.py'), 'NAME = "engine"\n');
  await cp(resolve('notebooks'), notebooks, { recursive: true });
  server = await startServer(state, notebooks);
}, 300_000);

afterAll(async () => {
  await server?.kill();
  await rm(state, { recursive: true, force: true });
});

describe('the local Databricks', () => {
  test('starts its sleeping cluster for the first run, and answers what the notebook exited with', async () => {
    expect(await server.call('GET', `clusters/get?cluster_id=${CLUSTER}`)).toMatchObject({ state: 'TERMINATED' });
    const { run_id } = await submit('demo/echo', {}, { word: 'grüße' });
    const run = await server.finished(run_id);
    expect(run.state).toMatchObject({ life_cycle_state: 'TERMINATED', result_state: 'SUCCESS' });
    expect(run.status).toMatchObject({
      state: 'TERMINATED',
      termination_details: { code: 'SUCCESS', type: 'SUCCESS' },
    });
    expect(run.tasks[0]?.run_id).not.toBe(run_id);
    expect(await outputs(run)).toMatchObject([{ notebook_output: { result: 'grüße', truncated: false } }]);
    expect(await server.call('GET', `clusters/get?cluster_id=${CLUSTER}`)).toMatchObject({ state: 'RUNNING' });
  }, 300_000);

  test('launches one run however often the same token is submitted', async () => {
    const again = () => submit('demo/count', { idempotency_token: 'count-1' });
    const [first, second] = await Promise.all([again(), again()]);
    await server.finished(first.run_id);
    const third = await again();
    expect([second.run_id, third.run_id]).toEqual([first.run_id, first.run_id]);
    const { runs } = await server.call('GET', 'jobs/runs/list?limit=25');
    expect(runs.filter((run: { run_name: string }) => run.run_name === 'demo/count')).toHaveLength(1);
  }, 60_000);

  test('runs tasks after those that they depend on, and skips what a failure leaves without ground', async () => {
    const tasks = [task('c', 'demo/echo', {}, ['b']), task('b', 'demo/raise', {}, ['a']), task('a', 'demo/silent')];
    const { run_id } = await submit('graph', { tasks });
    const run = await server.finished(run_id);
    const ends = Object.fromEntries(run.tasks.map((one) => [one.task_key, one.state.result_state]));
    expect(ends).toEqual({ a: 'SUCCESS', b: 'FAILED', c: 'UPSTREAM_FAILED' });
    expect(run.status.termination_details).toMatchObject({ code: 'RUN_EXECUTION_ERROR', type: 'CLIENT_ERROR' });
    const [c, b, a] = await outputs(run);
    expect(b.error).toBe('ValueError: a broken rule');
    expect(b.error_trace).toContain('raise ValueError("a broken rule")');
    expect([a.notebook_output, c.notebook_output]).toEqual([{}, {}]);
  }, 60_000);

  test('gives each of four parallel notebooks its own working directory and its neighbouring modules', async () => {
    const places = ['demo/place', 'other/place', 'demo/place', 'other/place'];
    const runs = await Promise.all(places.map((notebook) => submit(notebook)));
    const ended = await Promise.all(runs.map(({ run_id }) => server.finished(run_id)));
    const results = (await Promise.all(ended.map(outputs))).map(([one]) => one.notebook_output.result);
    expect(results).toEqual(['engine demo', 'other', 'engine demo', 'other']);
  }, 60_000);

  test('cancels a run that is executing', async () => {
    const { run_id } = await submit('demo/sleep');
    await server.until(run_id, (run) => run.state.life_cycle_state === 'RUNNING');
    expect(await server.call('POST', 'jobs/runs/cancel', { run_id })).toEqual({});
    const run = await server.finished(run_id);
    expect(run.state).toMatchObject({ life_cycle_state: 'TERMINATED', result_state: 'CANCELED' });
  }, 60_000);

  test('answers later runs rightly whenever a run is cancelled, also between a question to Spark and its answer', async () => {
    for (let nth = 0; nth < 12; nth += 1) {
      const { run_id } = await submit('demo/chatter');
      await server.until(run_id, (run) => run.state.life_cycle_state === 'RUNNING');
      await server.call('POST', 'jobs/runs/cancel', { run_id });
      await server.finished(run_id);
    }
    const runs = await Promise.all(Array.from({ length: 8 }, () => submit('demo/count')));
    const ended = await Promise.all(runs.map(({ run_id }) => server.finished(run_id)));
    expect(ended.map(({ state: { result_state } }) => result_state)).toEqual(runs.map(() => 'SUCCESS'));
  }, 120_000);

  test('ends a run that takes longer than its timeout', async () => {
    const { run_id } = await submit('demo/sleep', { timeout_seconds: 1 });
    expect((await server.finished(run_id)).state.result_state).toBe('TIMEDOUT');
  }, 60_000);

  test('says that a secret cannot be read instead of handing out an empty one', async () => {
    const { run_id } = await submit('demo/secret');
    const [output] = await outputs(await server.finished(run_id));
    expect(output.error).toMatch(/^PermissionError: secret pseudonym-key of scope tidemark cannot be read/);
  }, 60_000);

  test('names the notebook that is not deployed', async () => {
    const { run_id } = await submit('demo/absent');
    const run = await server.finished(run_id);
    expect(run.state).toMatchObject({ life_cycle_state: 'INTERNAL_ERROR', result_state: 'FAILED' });
    expect(run.status.termination_details).toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
  }, 60_000);

  test.each([
    [401, 'UNAUTHENTICATED', 'GET', 'jobs/runs/list', undefined, ''],
    [403, 'PERMISSION_DENIED', 'GET', 'jobs/runs/list', undefined, 'Bearer dapi00'],
    [400, 'INVALID_PARAMETER_VALUE', 'GET', 'jobs/runs/get?run_id=1', undefined, undefined],
    [400, 'INVALID_PARAMETER_VALUE', 'POST', 'jobs/runs/submit', { tasks: [], git_source: {} }, undefined],
    [501, 'NOT_IMPLEMENTED', 'POST', 'jobs/create', {}, undefined],
  ])('refuses with %i %s: %s %s', async (status, code, method, path, body, authorization) => {
    const answer = await server.raw(method, path, body, authorization);
    expect([answer.status, answer.body]).toMatchObject([status, { error_code: code }]);
  });

  test('a driver killed under a notebook ends that run as a driver error, and the next one takes its scratch away and runs', async () => {
    const { run_id } = await submit('demo/sleep');
    const waiting = await submit('demo/echo', {}, { word: 'after' });
    await server.until(run_id, (run) => run.state.life_cycle_state === 'RUNNING');
    await server.finished(waiting.run_id);
    process.kill(await server.driver(), 'SIGKILL');
    const lost = await server.finished(run_id);
    expect(lost.state).toMatchObject({ life_cycle_state: 'INTERNAL_ERROR', result_state: 'FAILED' });
    expect(lost.status.termination_details).toMatchObject({ code: 'DRIVER_ERROR', type: 'CLOUD_FAILURE' });
    const next = await submit('demo/echo', {}, { word: 'again' });
    expect(await outputs(await server.finished(next.run_id))).toMatchObject([{ notebook_output: { result: 'again' } }]);
    const scratch = await readdir(join(state, 'databricks/spark'));
    expect(scratch.filter((name) => name.startsWith('blockmgr-'))).toHaveLength(1);
  }, 300_000);

  test('a server killed under a notebook forgets no run: the executing one is lost, the waiting ones are run', async () => {
    const sleepers = await Promise.all([1, 2, 3, 4].map(() => submit('demo/sleep')));
    const queued = await submit('demo/echo', { idempotency_token: 'queued-1' }, { word: 'queued' });
    await server.until(sleepers[3]?.run_id, (run) => run.state.life_cycle_state === 'RUNNING');
    const driver = await server.driver();
    await server.kill();
    server = await startServer(state, join(state, 'notebooks'));
    expect(await submit('demo/echo', { idempotency_token: 'queued-1' })).toEqual({ run_id: queued.run_id });
    const lost = await server.finished(sleepers[0]?.run_id);
    expect(lost.status.termination_details).toMatchObject({ code: 'DRIVER_ERROR' });
    const run = await server.finished(queued.run_id);
    expect(await outputs(run)).toMatchObject([{ notebook_output: { result: 'queued' } }]);
    await expect(readFile(`/proc/${driver}/cmdline`)).rejects.toThrow('ENOENT');
  }, 300_000);
});
