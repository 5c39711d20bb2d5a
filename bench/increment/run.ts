import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectShop } from '../../local/sources/connect';
import { RunDetail } from '../../shared/contracts/api';
import type { Step } from '../../shared/contracts/run';
import { command } from '../measure/command';
import { median, rounded } from '../measure/statistics';
import { publish } from '../page/page';
import { dataOf, fillBase, fillTable } from '../shop/fill';
import { tidemarkOn } from '../stack/tidemark';
import { catalogOf } from './catalog';
import { change } from './change';

/*
 * What a window of changed rows costs in tables of several sizes: the whole product on its local Azure, run after run,
 * the tables in turns. Times are those of the steps that the product itself reports.
 */
const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000,1000000,6000000' },
    changed: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    data: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
});
const root = join(__dirname, '../..');
const state = join(root, '.tidemark/bench');
const tidemark = tidemarkOn(state, { TIDEMARK_SPARK_COMPILER: 'full' });
const sizes = options.rows.split(',').map(Number);
const [changed, rounds] = [Number(options.changed), Number(options.rounds)];
const tableOf = (rows: number) => `users_${rows}`;

/** Rounds until the second compiler has done its work. */
const WARMING = 3;
const STEPS = ['copy', 'land', 'apply'] as const;
type Times = Readonly<Record<(typeof STEPS)[number] | 'window', number>>;

/** Runs one source to its end and answers what its window cost, in seconds. */
async function run(table: string, landed: number | undefined): Promise<Times> {
  const said = await tidemark('run', '--wait', '--source', table, '--reason', 'bench', '--output', 'json');
  const { run: ended, steps } = RunDetail.parse(JSON.parse(said));
  const [report] = ended.sources;
  if (ended.status !== 'Succeeded') throw new Error(`the run of ${table} ended ${ended.status}: ${said}`);
  if (landed !== undefined && report?.landed !== String(landed))
    throw new Error(`the window of ${table} holds ${report?.landed} rows, wanted ${landed}`);
  const at = (name: string) => steps.find((step) => step.name === name);
  const took = (from?: Step, to = from) =>
    from?.started && to?.ended ? (Date.parse(to.ended) - Date.parse(from.started)) / 1000 : Number.NaN;
  const [copy, land, apply] = STEPS.map((name) => took(at(name)));
  return {
    copy: copy ?? Number.NaN,
    land: land ?? Number.NaN,
    apply: apply ?? Number.NaN,
    window: took(at('copy'), at('apply')),
  };
}

/** Fills the tables and brings them into silver in full; answers what the full loads cost. */
async function prepare(): Promise<void> {
  await tidemark('up');
  const environment = await tidemark('status', '--env');
  const url = /TIDEMARK_MYSQL_URL='(.*)'/.exec(environment)?.[1] ?? '';
  await fillBase(url, join(state, 'work'), options.data);
  const connection = await connectShop(url);
  for (const rows of sizes) await fillTable(connection, tableOf(rows), rows);
  await connection.end();
  const catalog = join(state, 'work/catalog.json');
  writeFileSync(catalog, catalogOf(join(root, 'catalog/shop.yaml'), sizes.map(tableOf)));
  await tidemark('catalog', 'publish', catalog);
  for (const rows of sizes) console.log(`full load of ${rows}:`, await run(tableOf(rows), undefined));
}

async function measure() {
  const environment = await tidemark('status', '--env');
  const connection = await connectShop(/TIDEMARK_MYSQL_URL='(.*)'/.exec(environment)?.[1] ?? '');
  const found = new Map<number, { times: Times[]; loads: number[] }>(
    sizes.map((rows) => [rows, { times: [], loads: [] }]),
  );
  // What the first rounds compile later ones find compiled; they are not counted.
  for (let round = 1 - WARMING; round <= rounds; round += 1) {
    for (const [rows, { times, loads }] of found) {
      await change(connection, tableOf(rows), rows, changed, Math.floor(Date.now() / 1000));
      const load = loadavg()[0] ?? Number.NaN;
      const one = await run(tableOf(rows), changed);
      console.log(`${changed} into ${rows}, round ${round}:`, one, `load ${load}`);
      if (round < 1) continue;
      times.push(one);
      loads.push(load);
    }
  }
  await connection.end();
  return found;
}

async function main(): Promise<void> {
  try {
    await prepare();
    const found = await measure();
    const base = found.get(sizes.includes(1_000_000) ? 1_000_000 : (sizes[0] ?? 0))?.times ?? [];
    const rows = [...found].map(([size, { times, loads }]) => {
      const of = (name: keyof Times) => rounded(median(times.map((one) => one[name])));
      // Paired by round: what slowed the machine down in a round slowed down both.
      const ratios = times.map((one, round) => one.window / (base[round]?.window ?? Number.NaN));
      return {
        rows: size,
        changed,
        rounds: times.length,
        copySeconds: of('copy'),
        landSeconds: of('land'),
        applySeconds: of('apply'),
        windowSeconds: of('window'),
        toMillion: rounded(median(ratios)),
        load: Math.max(...loads),
      };
    });
    console.table(rows);
    if (!options.dry)
      publish('increment', { node: process.version, cpus: cpus().length, data: dataOf(options.data), rows });
  } finally {
    await tidemark('down');
  }
}

command(main);
