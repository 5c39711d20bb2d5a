import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check } from '../../../../local/chaos/check/check';
import { readMetadata } from '../../../../local/chaos/disk';
import { type World, world } from '../../../../local/chaos/world';
import { connectShop } from '../../../../local/sources/connect';
import { random } from '../../../../local/sources/random';
import { layoutOf } from '../../../../local/supervisor/layout';
import { shopUrl } from '../../../../local/supervisor/stack';
import { type TestStack, testStack } from '../../../support/stack';

let stack: TestStack;
let hurt: World;

beforeAll(async () => {
  stack = await testStack();
  expect(await stack.tidemark('up')).toMatchObject({ code: 0 });
  expect(await stack.tidemark('seed', '--users', '300', '--seed', '7')).toMatchObject({ code: 0 });
  expect(await stack.tidemark('run', '--wait')).toMatchObject({ code: 0 });
  hurt = world(layoutOf({ TIDEMARK_STATE: stack.state }), random(7));
});
afterAll(() => stack.dispose());

/** The promises that are broken, by their numbers. */
const broken = async () => [...new Set((await check(hurt)).map(({ invariant }) => invariant))].sort();

const inShop = async (sql: string) => {
  const connection = await connectShop(shopUrl((await hurt.running()).stack));
  await connection.query(sql);
  await connection.end();
};

/** Changes a file for as long as something looks at it. */
async function changed<R>(file: string, change: (text: string) => string, during: () => Promise<R>): Promise<R> {
  const before = await readFile(file);
  await writeFile(file, change(before.toString('utf8')));
  return during().finally(() => writeFile(file, before));
}

describe('the checker of the promises', () => {
  test('finds nothing after a run that went well', async () => {
    expect(await check(hurt)).toEqual([]);
  });

  test('sees one row of the source that silver and gold do not know', async () => {
    // No change of the cursor: no run could ever see it, as with a row that was lost.
    await inShop(
      'UPDATE users SET productsSold = productsSold + 1000, updated_at = updated_at ORDER BY identifierHash LIMIT 1',
    );
    expect(await broken()).toEqual(['C1', 'C12', 'C2']);
    await inShop(
      'UPDATE users SET productsSold = productsSold - 1000, updated_at = updated_at ORDER BY identifierHash LIMIT 1',
    );
    expect(await broken()).toEqual([]);
  });

  test('sees a manifest that counts other rows than its files hold', async () => {
    const { windows } = await readMetadata(hurt.layout);
    const manifest = windows.find(({ source }) => source === 'users')?.manifest ?? '';
    const file = join(hurt.layout.lake, 'bronze', manifest);
    const more = (text: string) => text.replace(/"landed":\s*"300"/, '"landed":"299"');
    expect(await changed(file, more, broken)).toEqual(['C7']);
  });

  test('sees a table that somebody outside would read differently', async () => {
    const exports = join(hurt.layout.lake, 'exports');
    const all = await readdir(exports, { recursive: true });
    const csv = all.find((name) => name.endsWith('/Buyers-repartition-by-country.csv')) ?? '';
    expect(await changed(join(exports, csv), (text) => `${text}\n`, broken)).toEqual(['C12']);
  });

  test('sees a password in a log', async () => {
    await appendFile(join(hurt.layout.logs, 'host.log'), (await stack.secrets()).readerPassword);
    expect(await broken()).toEqual(['C10']);
  });
});
