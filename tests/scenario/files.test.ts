import { appendFile, copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { layoutOf } from '../../local/supervisor/layout';
import { readRecord } from '../../local/supervisor/record';
import { FileList, type FileView, RunDetail, RunList } from '../../shared/contracts/api';
import { eventually } from '../support/eventually';
import { quietYaml } from '../support/shop';
import { type TestStack, testStack } from '../support/stack';
import { trust } from '../support/trust';

let stack: TestStack;
let lakeUrl = '';
const REPORT = 'Buyers-repartition-by-country';

beforeAll(async () => {
  stack = await testStack();
  expect(await stack.tidemark('up')).toMatchObject({ code: 0 });
  expect(await stack.tidemark('seed', '--users', '300', '--seed', '6')).toMatchObject({ code: 0 });
  const catalog = join(stack.state, 'files.yaml');
  const changed = quietYaml()
    .replace(/pattern: "\*\.csv"/, 'pattern: "*.csv*"')
    .replace(/limits: \{/, 'limits: { sweepMinutes: 1,');
  await writeFile(catalog, changed);
  expect(await stack.tidemark('catalog', 'publish', catalog)).toMatchObject({ code: 0 });
  trust(await readFile((await stack.environment())['TIDEMARK_CA'] ?? '', 'utf8'));
  const record = await readRecord(layoutOf({ TIDEMARK_STATE: stack.state }).record);
  lakeUrl = record?.services.find(({ name }) => name === 'lake')?.url ?? '';
});
afterAll(() => stack.dispose());

const onServer = (name: string) => join(stack.state, 'sftp/reports', name);
type Seen = z.infer<typeof FileView>;
const files = async (source: string): Promise<Seen[]> =>
  FileList.parse({ files: await stack.json('files', 'ls', source) }).files;
const named = async (source: string, name: string) => (await files(source)).filter((file) => file.name === name);

/** A run of the partner's report, as a person starts it. */
async function run() {
  const { out } = await stack.tidemark('run', '--wait', '--source', 'partner_buyers', '--output', 'json');
  const [report] = RunDetail.parse(JSON.parse(out)).run.sources;
  if (!report) throw new Error(`no report of partner_buyers: ${out}`);
  return report;
}
const withoutFirstCell = (text: string, cell: string) => text.replace(/^([^\n]*\n)[^,\n]*/, `$1${cell}`);

async function drop(name: string, content: string | Buffer): Promise<void> {
  const file = join(stack.state, name);
  await writeFile(file, content);
  expect(await stack.tidemark('drop', file, `countries/${name}`)).toMatchObject({ code: 0 });
}
const misbehave = (faults: object) =>
  fetch(`${lakeUrl}/_local/events/faults`, {
    method: 'POST',
    headers: { 'x-tidemark-local': '1' },
    body: JSON.stringify(faults),
  });
const runs = async () => RunList.shape.runs.parse(await stack.json('runs', 'ls', '--limit', '100'));
const read = (name: string) =>
  eventually(`${name} in silver`, async () => (await named('countries', name)).find(({ window }) => window !== null));

test('a file that is still being written over SFTP is left alone, and read whole once it has come to rest', async () => {
  const whole = await readFile(onServer(`${REPORT}.csv`), 'utf8');
  const [header = '', ...lines] = whole.trimEnd().split('\n');
  const growing = `${REPORT}-growing.csv`;
  await writeFile(onServer(growing), `${header}\n`);
  let writing = true;
  const writer = (async () => {
    while (writing) {
      await appendFile(onServer(growing), `${lines[0]}\n`);
      await sleep(400);
    }
  })();
  const first = await run();
  expect(first).toMatchObject({
    outcome: 'committed',
    read: String(lines.length),
    problems: [{ code: 'SOURCE_FILE_UNSTABLE' }],
  });
  expect(await named('partner_buyers', growing)).toMatchObject([{ outcome: 'waiting', sha256: null, window: null }]);
  writing = false;
  await writer;

  const rows = (await readFile(onServer(growing), 'utf8')).trimEnd().split('\n').length - 1;
  const second = await run();
  expect(second).toMatchObject({ outcome: 'committed', read: String(rows), landed: String(rows), problems: [] });
  expect(await named('partner_buyers', growing)).toMatchObject([{ outcome: 'admitted', window: '2' }]);
});

test('a file that was replaced is a new version, and the same content under another name is a no-op; all is on record', async () => {
  const name = `${REPORT}.csv`;
  const before = await readFile(onServer(name), 'utf8');
  await writeFile(onServer(name), withoutFirstCell(before, 'Atlantis'));
  await copyFile(onServer(`${REPORT}-growing.csv`), onServer(`${REPORT}-again.csv`));
  expect(await run()).toMatchObject({ outcome: 'committed', window: '3', problems: [] });
  expect((await named('partner_buyers', name)).map(({ outcome, window }) => [outcome, window])).toEqual([
    ['admitted', '3'],
    ['admitted', '1'],
  ]);
  expect(await named('partner_buyers', `${REPORT}-again.csv`)).toMatchObject([
    { outcome: 'duplicate', window: null, reason: `the same bytes as ${REPORT}-growing.csv` },
  ]);
});

test('what was read is kept when its sender cleans up', async () => {
  const [newest, first] = await named('partner_buyers', `${REPORT}.csv`);
  for (const name of [`${REPORT}.csv`, `${REPORT}-growing.csv`]) await rm(onServer(name));
  const kept = await Promise.all(
    [newest, first].map((file) => readFile(join(stack.state, 'lake/bronze', file?.kept ?? ''), 'utf8')),
  );
  expect(kept[0]).toBe(withoutFirstCell(kept[1] ?? '', 'Atlantis'));
  expect(await run()).toMatchObject({ outcome: 'nothing-new', problems: [] });
});

test('one bad file of three is refused with its reason, and the others are read, packed or not', async () => {
  await drop('good.csv', 'code,name\nfr,France\n');
  await drop('bad.csv', Buffer.from('code,name\nch,Gen\xe8ve\n', 'latin1'));
  await drop('packed.csv.gz', gzipSync('code,name\nse,Suède\nde,Allemagne\n'));
  await read('good.csv');
  await read('packed.csv.gz');
  const [bad] = await eventually('the refusal', async () => {
    const found = await named('countries', 'bad.csv');
    return found[0]?.outcome === 'refused' ? found : undefined;
  });
  expect(bad?.reason).toMatch(/^line 2 holds bytes that are no UTF-8/);
  expect(Buffer.from(await readFile(join(stack.state, 'lake/bronze', bad?.kept ?? ''))).toString('latin1')).toContain(
    'Genève',
  );
});

test('an event that comes five times is one run', async () => {
  await misbehave({ times: 1, duplicate: 4 });
  await drop('doubled.csv', 'code,name\nit,Italie\n');
  await read('doubled.csv');
  const started = (await runs()).filter(
    ({ trigger }) => trigger.kind === 'blob' && trigger.path === 'countries/doubled.csv',
  );
  expect(started).toHaveLength(1);
});

test('a file whose event was lost is found by the sweep', async () => {
  await misbehave({ times: 1, drop: true });
  await drop('lost.csv', 'code,name\nes,Espagne\n');
  await sleep(2000);
  expect(await named('countries', 'lost.csv')).toEqual([]);
  const found = await eventually(
    'the swept file',
    async () => (await named('countries', 'lost.csv')).find(({ window }) => window !== null),
    200_000,
  );
  expect(found).toMatchObject({ outcome: 'admitted', announced: false });
  expect((await runs()).some(({ trigger }) => trigger.kind === 'timer' && trigger.schedule === 'sweep')).toBe(true);
});
