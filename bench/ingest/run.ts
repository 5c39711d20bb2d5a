import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectShop } from '../../local/sources/connect';
import { shopUrl } from '../../local/supervisor/stack';
import { command } from '../measure/command';
import { cpuSeconds } from '../measure/processes';
import { median, rounded } from '../measure/statistics';
import { publish } from '../page/page';
import { dataOf, fillBase, fillTable } from '../shop/fill';
import { type Started, startServices } from '../stack/startServices';
import { type Contender, contenders } from './contenders';
import { roomy } from './server';
import { catalogOf } from './tidemark';
import { contentOf } from './verify';

/*
 * MySQL to Parquet: our copy as the local Data Factory does it, beside the server's own limit and beside peers, in turns,
 * so that whatever else the machine does falls on all of them. What each of them wrote is read back and compared.
 */
const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000,6000000' },
    rounds: { type: 'string', default: '3' }, // one number for every size, or one for each
    slowest: { type: 'string', default: '1000000' }, // rows of the largest table for the slowest peer
    only: { type: 'string', default: '' },
    data: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
});
const root = join(__dirname, '../..');
const state = join(root, '.tidemark/bench');
const roundsOf = (at: number): number => Number(options.rounds.split(',').at(at) ?? options.rounds.split(',')[0]);

/** One timed thing at one size over all rounds. */
interface Series {
  readonly what: string;
  readonly rows: number;
  readonly seconds: number[];
  readonly client: number[];
  readonly server: number[];
  readonly peaks: number[];
  readonly loads: number[];
}

async function measure(
  started: Started,
  list: readonly Contender[],
  table: string,
  rows: number,
  rounds: number,
): Promise<Series[]> {
  const found = new Map<string, Series>();
  const expected = new Set<string>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, atMost, run } of list) {
      if (atMost !== undefined && (rows > atMost.rows || round > atMost.rounds)) continue;
      const [load, before] = [loadavg()[0] ?? Number.NaN, cpuSeconds(started.pid('mysql'))];
      const attempt = await run(table, Date.now());
      const server = cpuSeconds(started.pid('mysql')) - before;
      if (attempt.files !== undefined) {
        const content = await contentOf(attempt.files);
        expected.add(JSON.stringify(content));
        if (expected.size > 1 || content.rows !== String(rows))
          throw new Error(`${name} copied something else of ${table}: ${[...expected].join(' and ')}`);
      }
      for (const [what, seconds] of Object.entries(attempt.seconds)) {
        const series = found.get(what) ?? {
          what,
          rows,
          seconds: [],
          client: [],
          server: [],
          peaks: [],
          loads: [],
        };
        found.set(what, series);
        series.seconds.push(seconds);
        series.server.push(server);
        series.loads.push(load);
        if (attempt.cpuSeconds !== undefined) series.client.push(attempt.cpuSeconds);
        if (attempt.peakMb !== undefined) series.peaks.push(attempt.peakMb);
        console.log(
          `${rows} ${what}: ${rounded(seconds)} s, server ${rounded(server)} CPU s, client ${rounded(attempt.cpuSeconds ?? 0)} CPU s, ` +
            `${attempt.peakMb ?? '-'} MB, load ${load}`,
        );
      }
    }
  }
  return [...found.values()];
}

function rowsOf(all: readonly Series[]) {
  return all.map((one) => {
    const limit = all.find(({ what, rows }) => what === 'limit' && rows === one.rows);
    const seconds = median(one.seconds);
    // Paired by round: what slowed the machine down in a round slowed down both.
    const ratios = one.seconds.map((s, round) => (limit?.seconds[round] ?? Number.NaN) / s);
    return {
      what: one.what,
      rows: one.rows,
      rounds: one.seconds.length,
      seconds: rounded(seconds),
      rowsPerSecond: Math.round(one.rows / seconds),
      toLimit: rounded(median(ratios)),
      serverCpuSeconds: rounded(median(one.server)),
      ...(one.client.length === 0 ? {} : { clientCpuSeconds: rounded(median(one.client)) }),
      ...(one.peaks.length === 0 ? {} : { peakMb: Math.max(...one.peaks) }),
      load: Math.max(...one.loads),
    };
  });
}

async function main(): Promise<void> {
  const started = await startServices(state, ['identity', 'mysql', 'vault', 'lake', 'adf'], roomy);
  try {
    const url = shopUrl(started.stack);
    await fillBase(url, join(state, 'work'), options.data);
    const connection = await connectShop(url);
    const list = (await contenders(started, state, connection, Number(options.slowest))).filter(({ name }) =>
      options.only === '' ? true : options.only.split(',').some((part) => name.includes(part)),
    );
    const series: Series[] = [];
    for (const [at, rows] of options.rows.split(',').map(Number).entries()) {
      const table = `users_${rows}`;
      await fillTable(connection, table, rows);
      // Reads the table into memory; the first reader would pay for all.
      await connection.query(`SELECT SUM(productsSold) FROM \`${table}\``);
      series.push(...(await measure(started, list, table, rows, roundsOf(at))));
      console.table(rowsOf(series));
      if (options.only === '' && !options.dry)
        publish('ingest', {
          node: process.version,
          cpus: cpus().length,
          data: dataOf(options.data),
          codec: catalogOf(started.stack).limits.codec,
          rows: rowsOf(series),
        });
    }
    await connection.end();
  } finally {
    await started.stop();
  }
}

command(main);
