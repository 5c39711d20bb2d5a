import { beforeEach, describe, expect, test } from 'vitest';
import { readExport } from '../../../activities/gold/readExport';
import { startExport } from '../../../activities/gold/startExport';
import type { Ports } from '../../../shared/ports/ports';
import { fakePorts } from '../../fakes/ports';
import { aTask, surroundings } from '../../support/activities';
import { exported } from '../../support/exported';
import { shopCatalog } from '../../support/shop';

const { version: _, ...content } = shopCatalog();
const CSV = content.datasets.find(({ name }) => name === 'users')?.file ?? '';
const PARQUET = CSV.replace(/csv$/, 'parquet');
const OLDER = '20260101T000001-0000bbbb';
const NEWER = '20260101T000000-0000aaaa';

let ports: ReturnType<typeof fakePorts>;
beforeEach(async () => {
  ports = fakePorts(() => new Date('2026-01-01T00:00:10Z'));
  await ports.catalogs.publish(content, 'test');
});

/** A run whose form the pipeline has written out; answers the look that finds it done. */
async function form(run: string, serial: string) {
  const gold = { catalog: '1', dataset: 'users', pace: aTask().pace, needs: [], publish: true, reconcile: false };
  const task = { run, ...gold, inputs: {} };
  const published = `_published/users/${run}.parquet`;
  const begun = (await startExport.handler(ports, surroundings)({ task, published, attempt: 1 })) as {
    external: string;
  };
  const { parameters } = ports.factory.runs.get(begun.external) ?? { parameters: {} };
  await exported(ports.lake, begun.external, parameters, run);
  ports.factory.finish(begun.external, { kind: 'succeeded', activities: [] });
  const input = { task, exported: begun, published, rows: '1', serial };
  return (over: Ports = ports) => readExport.handler(over, surroundings)(input);
}

const read = async (path: string) => Buffer.from((await ports.lake.read('exports', path)) ?? []).toString();
/** Whose form is current in each place, and what has none. */
const current = async () => ({
  files: [await read(`users/${CSV}`), await read(`users/${PARQUET}`)],
  record: (await ports.publications.get('users'))?.run,
  unplaced: await ports.lake.list('exports', '_placing'),
});
const held = (run: string) => ({ files: [run, run], record: run, unplaced: [] });

test('the files of a form get their place when both are whole, and it is the current one', async () => {
  const look = await form(OLDER, '1');
  expect(await look()).toEqual({ kind: 'exported' });
  expect(await current()).toEqual(held(OLDER));
});

/** Wraps calls, which are counted together: something happens at the nth of them, before or behind it. */
function atCall(nth: number, behind: boolean, happens: () => Promise<unknown>) {
  let calls = 0;
  return <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      calls += 1;
      const now = calls === nth;
      if (now && !behind) await happens();
      const answer = await call(...args);
      if (now && behind) await happens();
      return answer;
    };
}

describe('of two runs that publish at once', () => {
  test('the newer form stays when the older one arrives last, and the older run says so', async () => {
    const [older, newer] = [await form(OLDER, '9'), await form(NEWER, '10')];
    expect([await newer(), await older()]).toEqual([{ kind: 'exported' }, { kind: 'exported' }]);
    expect(await current()).toEqual(held(NEWER));
    const [step] = await ports.runs.steps(OLDER);
    expect(step).toMatchObject({ status: 'Succeeded', detail: `run ${NEWER} has published a newer form` });
  });

  /** Stands still at its nth call of the lake, before or behind it, until the other has come through. */
  const interrupted = (nth: number, behind: boolean, other: () => Promise<unknown>): Ports => {
    const around = atCall(nth, behind, other);
    const { lake } = ports;
    return { ...ports, lake: { ...lake, marked: around(lake.marked), move: around(lake.move) } };
  };
  const points = [1, 2, 3, 4, 5, 6].flatMap((nth) => [false, true].map((behind) => [nth, behind] as const));

  test.each(points)(
    'the newer form comes through in the midst of the older one (at call %i, behind it: %s)',
    async (nth, behind) => {
      const [older, newer] = [await form(OLDER, '9'), await form(NEWER, '10')];
      await older(interrupted(nth, behind, newer));
      expect(await current()).toEqual(held(NEWER));
    },
  );

  test.each(points)(
    'the older form comes through in the midst of the newer one (at call %i, behind it: %s)',
    async (nth, behind) => {
      const [older, newer] = [await form(OLDER, '9'), await form(NEWER, '10')];
      await newer(interrupted(nth, behind, older));
      expect(await current()).toEqual(held(NEWER));
    },
  );
});

describe('a look that is repeated', () => {
  /** Dies at its nth call of what it changes or asks about, before or behind it. */
  const dying = (nth: number, behind: boolean): Ports => {
    const around = atCall(nth, behind, () => Promise.reject(new Error('dead')));
    const { lake, publications, runs } = ports;
    return {
      ...ports,
      lake: { ...lake, marked: around(lake.marked), move: around(lake.move), remove: around(lake.remove) },
      publications: { ...publications, put: around(publications.put) },
      runs: { ...runs, putStep: around(runs.putStep) },
    };
  };
  const dies = Array.from({ length: 8 }, (_, at) => at + 1).flatMap((nth) =>
    [false, true].map((behind) => [nth, behind] as const),
  );

  test.each(dies)('finishes what one began that died at call %i, behind it: %s', async (nth, behind) => {
    await (await form(OLDER, '9'))();
    const look = await form(NEWER, '10');
    await expect(look(dying(nth, behind))).rejects.toThrow('dead');
    expect(await look()).toEqual({ kind: 'exported' });
    expect(await current()).toEqual(held(NEWER));
  });

  test.each(dies)('finishes also what was overtaken, and died at call %i, behind it: %s', async (nth, behind) => {
    await (await form(NEWER, '10'))();
    const look = await form(OLDER, '9');
    await expect(look(dying(nth, behind))).rejects.toThrow('dead');
    expect(await look()).toEqual({ kind: 'exported' });
    expect(await current()).toEqual(held(NEWER));
  });

  test('changes nothing when a newer form has come since', async () => {
    const [older, newer] = [await form(OLDER, '9'), await form(NEWER, '10')];
    await older();
    await newer();
    expect(await older()).toEqual({ kind: 'exported' });
    expect(await current()).toEqual(held(NEWER));
  });
});

test.each([CSV, PARQUET])('%s that was removed before it had its place is exported once more', async (file) => {
  await (await form(OLDER, '9'))();
  const look = await form(NEWER, '10');
  const [gone] = (await ports.lake.list('exports', '_placing')).filter(({ path }) => path.endsWith(file));
  await ports.lake.remove('exports', gone?.path ?? '');
  expect(await look()).toMatchObject({ kind: 'failed', problem: { code: 'FACTORY_FAILED', transient: true } });
  expect((await ports.publications.get('users'))?.run).toBe(OLDER);
});

test('a form of before there were serials gives way to every one that has one', async () => {
  for (const file of [CSV, PARQUET]) await ports.lake.put('exports', `users/${file}`, Buffer.from('of before'));
  const [older, newer] = [await form(OLDER, '0'), await form(NEWER, '1')];
  await newer();
  await older();
  expect(await current()).toEqual(held(NEWER));
});

test('a look that a run began before there were serials takes the files that lie in their places', async () => {
  const look = await form(OLDER, '0');
  for (const { path } of await ports.lake.list('exports', '_placing')) await ports.lake.remove('exports', path);
  for (const file of [CSV, PARQUET]) await ports.lake.put('exports', `users/${file}`, Buffer.from(OLDER));
  expect(await look()).toEqual({ kind: 'exported' });
  expect(await current()).toEqual(held(OLDER));
});
