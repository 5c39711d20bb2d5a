import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databricks as localDatabricks } from '../../../../local/databricks/databricks';
import { CLUSTER_ID } from '../../../../local/databricks/limits';
import { DATABRICKS_SCOPE, databricks } from '../../../../shared/azure/databricks';
import { TransientError } from '../../../../shared/errors';
import type { Notebooks } from '../../../../shared/ports/notebooks';
import { problem } from '../../../../shared/problem';
import { fakeNotebooks } from '../../../fakes/notebooks';
import { type Credentials, credentials } from '../../../support/credential';
import { type LocalState, localState, planFaults } from '../../../support/local';
import { venv } from '../../local/adf/stack';
import { notebooksContract } from './notebooks.contract';

const SAID = { rows: '12345678901234567890' };
const NOTEBOOKS = {
  say: `import json
dbutils.notebook.exit('{"rows": 12345678901234567890, "word": ' + json.dumps(dbutils.widgets.get("word")) + '}')`,
  raise: `class ConcurrentAppendException(Exception):
    pass
raise ConcurrentAppendException("Files were added by a concurrent update")`,
  // In naps: an interrupt reaches Python only between its own steps.
  sleep: 'import time\nfor _ in range(6000):\n    time.sleep(0.1)',
};

let state: LocalState;
let known: Credentials;
let url: string;
let notebooks: Notebooks;
const tokens: boolean[] = [];

beforeAll(async () => {
  state = await localState();
  known = await credentials(state.directory);
  const folder = join(state.directory, 'notebooks');
  await mkdir(join(folder, 'bench'), { recursive: true });
  for (const [name, code] of Object.entries(NOTEBOOKS)) {
    await writeFile(join(folder, 'bench', `${name}.py`), `# Databricks notebook source\n${code}\n`);
  }
  url = await state.start((base) =>
    localDatabricks(state.directory, base, {
      python: join(venv(), 'bin/python'),
      notebooks: folder,
      root: '/Shared/tidemark',
      sources: join(__dirname, '../../../../local/databricks'),
      vault: undefined,
      keys: known.keys,
    }),
  );
  notebooks = client();
  // The first run wakes the cluster: Spark takes its time, more so on a busy machine.
  await ended(await notebooks.start('bench/say', { word: 'awake' }, 'awake'));
}, 300_000);
afterAll(() => state.dispose());

/** A client that knows nothing of the pauses that another one was asked for. */
const client = (): Notebooks =>
  databricks({
    url,
    cluster: CLUSTER_ID,
    folder: '/Shared/tidemark/',
    async token(again) {
      tokens.push(again);
      return (await known.of('app').getToken(DATABRICKS_SCOPE))?.token ?? '';
    },
    now: () => new Date(),
    freshMs: 100,
  });

async function ended(run: string) {
  for (let looks = 0; looks < 2800; looks += 1) {
    const seen = await notebooks.look(run);
    if (seen.kind !== 'running') return seen;
    await sleep(100);
  }
  throw new Error(`run ${run} does not end`);
}

describe('fake notebooks', () => {
  notebooksContract(async () => {
    const fake = fakeNotebooks();
    const why = problem('NOTEBOOK_FAILED', 'Databricks', 'ConcurrentAppendException', 'Wait.', true);
    const start: Notebooks['start'] = async (notebook, parameters, token) => {
      const run = await fake.start(notebook, parameters, token);
      if (notebook === 'bench/say') fake.finish(run, { kind: 'succeeded', output: { ...parameters, ...SAID } });
      if (notebook === 'bench/raise') fake.finish(run, { kind: 'failed', problem: why });
      return run;
    };
    return { notebooks: { ...fake, start }, ended: fake.look };
  });
});
describe('Databricks', { timeout: 120_000 }, () => notebooksContract(async () => ({ notebooks, ended })));

describe('when Databricks fails', () => {
  const submit = 'POST /api/2.2/jobs/runs/submit';

  test('a lost answer is transient, and asking again finds the run that was started', async () => {
    await planFaults(url, [{ match: submit, kind: 'drop-after' }]);
    await expect(notebooks.start('bench/say', { word: 'x' }, 'lost')).rejects.toBeInstanceOf(TransientError);
    const run = await notebooks.start('bench/say', { word: 'x' }, 'lost');
    expect(await notebooks.start('bench/say', { word: 'x' }, 'lost')).toBe(run);
    await ended(run);
  });

  test('a short request to wait is obeyed, and a long one is left to the durable retry', async () => {
    const wait = (seconds: number) => ({
      match: submit,
      kind: 'status',
      status: 429,
      headers: { 'retry-after': String(seconds) },
    });
    await planFaults(url, [wait(1)]);
    const from = Date.now();
    await ended(await notebooks.start('bench/say', { word: 'x' }, 'soon'));
    expect(Date.now() - from).toBeGreaterThanOrEqual(1000);
    await planFaults(url, [wait(3600)]);
    const other = client();
    await expect(other.start('bench/say', { word: 'x' }, 'later')).rejects.toBeInstanceOf(TransientError);
    await expect(other.start('bench/say', { word: 'x' }, 'at once')).rejects.toThrow('takes no more calls');
  });

  test('a refused token is renewed once', async () => {
    await planFaults(url, [{ match: submit, kind: 'status', status: 401 }]);
    tokens.length = 0;
    const run = await notebooks.start('bench/say', { word: 'x' }, 'renewed');
    expect(tokens).toEqual([false, true]);
    await ended(run);
  });
});
