import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RunDetail } from '../../shared/contracts/api';
import type { Run } from '../../shared/contracts/run';
import { equalsSource } from '../support/equalsSource';
import { quietYaml } from '../support/shop';
import { type TestStack, testStack } from '../support/stack';

let stack: TestStack;

beforeAll(async () => {
  stack = await testStack();
  const up = await stack.tidemark('up');
  expect(up, up.error).toMatchObject({ code: 0 });
  const seeded = await stack.tidemark('seed', '--users', '500', '--seed', '5');
  expect(seeded, seeded.error).toMatchObject({ code: 0 });
  await waited('run', '--source', 'users');
});
afterAll(() => stack.dispose());

const waited = async (...command: string[]): Promise<Run> => {
  const { run, steps } = RunDetail.parse(await stack.json(...command, '--wait', '--reason', 'scenario'));
  expect(run.status, JSON.stringify({ run, steps }, null, 2)).toBe('Succeeded');
  return run;
};
const partsOf = ({ upkeep }: Run) =>
  Object.fromEntries((upkeep?.parts ?? []).map(({ part, outcome }) => [part, outcome]));

describe('maintenance', () => {
  test('gives a table the layout that one line of the catalog names, and gold stays as it is', async () => {
    const yaml = quietYaml();
    const file = join(stack.state, 'shop.yaml');
    const layout = '    deleted: { column: deleted_at }\n';
    await writeFile(file, yaml.replace(layout, `${layout}    layout: { kind: partitioned, columns: [gender] }\n`));
    expect(await stack.tidemark('catalog', 'publish', file)).toMatchObject({ code: 0 });
    const run = await waited('maintain', '--table', 'users');
    expect(partsOf(run)).toEqual({ 'silver/users': 'done', 'gold/users': 'unchanged' });
    const silver = await readdir(join(stack.state, 'lake/silver/users'));
    expect(silver).toEqual(expect.arrayContaining(['gender=F', 'gender=M']));
    expect(
      await stack.tidemark('live', '--updates', '20', '--inserts', '3', '--deletes', '2', '--seed', '9'),
    ).toMatchObject({ code: 0 });
    await waited('run', '--source', 'users');
    await equalsSource(stack, 'relaid');
  });

  test('removes the files of attempts that no manifest names once they are old, and lists the young ones', async () => {
    const folder = join(stack.state, 'lake/bronze/users/window=1/attempt=9');
    await mkdir(folder, { recursive: true });
    for (const name of ['old.parquet', 'young.parquet']) await writeFile(join(folder, name), 'x');
    const longAgo = new Date(Date.now() - 48 * 3_600_000);
    await utimes(join(folder, 'old.parquet'), longAgo, longAgo);
    const run = await waited('maintain');
    expect(partsOf(run)).toMatchObject({ sweep: 'done', history: 'unchanged', 'landing/countries': 'unchanged' });
    expect(run.upkeep?.parts.find(({ part }) => part === 'sweep')?.detail).toContain('attempt=9/young.parquet');
    expect(await readdir(folder)).toEqual(['young.parquet']);
    await waited('run', '--source', 'users');
    await equalsSource(stack, 'swept');
  });
});
