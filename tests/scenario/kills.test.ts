import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { layoutOf } from '../../local/supervisor/layout';
import { readRecord } from '../../local/supervisor/record';
import { RunDetail } from '../../shared/contracts/api';
import type { Step } from '../../shared/contracts/run';
import { equalsSource } from '../support/equalsSource';
import { eventually } from '../support/eventually';
import { type TestStack, testStack } from '../support/stack';

let stack: TestStack;

beforeAll(async () => {
  stack = await testStack();
  expect(await stack.tidemark('up')).toMatchObject({ code: 0 });
  expect(await stack.tidemark('seed', '--users', '800', '--seed', '4')).toMatchObject({ code: 0 });
});
afterAll(() => stack.dispose());

const record = async () => {
  const found = await readRecord(layoutOf({ TIDEMARK_STATE: stack.state }).record);
  if (!found) throw new Error('the stack has no record');
  return found;
};
const pidOf = async (name: string): Promise<number> => {
  const pid = (await record()).services.find((service) => service.name === name)?.process?.pid;
  if (pid === undefined) throw new Error(`${name} does not run`);
  return pid;
};
/** The warm Spark driver: the child of the Databricks server, and with it the JVM that it started. */
const driverOf = (parent: number): number | undefined =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      try {
        return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1] === String(parent);
      } catch {
        return false;
      }
    });

const detail = async (run: string) => RunDetail.parse(await stack.json('runs', 'show', run));
const ended = async (run: string) => {
  const found = await detail(run);
  return found.run.ended === null ? undefined : found;
};

/** Starts a run after the shop has lived, and waits until a step of it is under way. */
async function runUntil(step: Step['name'], seed: string): Promise<string> {
  const lived = await stack.tidemark('live', '--updates', '50', '--inserts', '5', '--deletes', '2', '--seed', seed);
  expect(lived).toMatchObject({ code: 0 });
  const { run } = (await stack.json('run')) as { run: string };
  const begun = async () =>
    (await detail(run)).steps.some(({ subject, name }) => subject === 'users' && name === step) || undefined;
  await eventually(`step ${step}`, begun);
  return run;
}

/** The run ends well by itself, and what is published is what another engine computes from the source. */
async function endsWell(run: string): Promise<void> {
  const { run: done } = await eventually(`end of ${run}`, () => ended(run), 400_000);
  expect(done.status, JSON.stringify(done)).toBe('Succeeded');
  await equalsSource(stack, run);
}

test('a full load survives the death of the host during its copy', async () => {
  const run = await runUntil('copy', '11');
  process.kill(await pidOf('host'), 'SIGKILL');
  await endsWell(run);
});

test('an increment survives the death of the Spark driver during its merge', async () => {
  const run = await runUntil('apply', '12');
  const driver = await eventually('a Spark driver', async () => driverOf(await pidOf('databricks')));
  process.kill(driver, 'SIGKILL');
  await endsWell(run);
});

test('an increment survives the death of the host during its merge', async () => {
  const run = await runUntil('apply', '13');
  process.kill(await pidOf('host'), 'SIGKILL');
  await endsWell(run);
});

test('an increment survives the death of the supervisor, and `up` takes it to its end', async () => {
  const run = await runUntil('copy', '14');
  process.kill((await record()).supervisor.pid, 'SIGKILL');
  expect(await stack.tidemark('up')).toMatchObject({ code: 0 });
  await endsWell(run);
});
