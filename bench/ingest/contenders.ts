import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from 'mysql2/promise';
import { duckExtension } from '../../local/adf/connectors/extension';
import { shopUrl } from '../../local/supervisor/stack';
import { runChild } from '../measure/child';
import { watch } from '../measure/processes';
import type { Started } from '../stack/startServices';
import { drain } from './drain';
import { peersPython } from './peers';
import { tidemark } from './tidemark';

/** One copy of a table: what was timed, by name, and what the tool's own processes took. */
export interface Attempt {
  readonly seconds: Readonly<Record<string, number>>;
  readonly peakMb?: number;
  readonly cpuSeconds?: number;
  /** Glob of the Parquet files that it left, to be read back. */
  readonly files?: string;
}

/** Somebody who copies a table. */
export interface Contender {
  readonly name: string;
  /** Tables with more rows, or further rounds, would take minutes and say nothing new. */
  readonly atMost?: { readonly rows: number; readonly rounds: number };
  run(table: string, round: number): Promise<Attempt>;
}

/**
 * @param work folder for what the peers write, emptied before each
 * @param slowest rows of the largest table that the slowest peer is given
 */
export async function contenders(
  { stack, pid }: Started,
  work: string,
  connection: Connection,
  slowest: number,
): Promise<Contender[]> {
  const { layout, ports, secrets } = stack;
  const venv = join(layout.root, '.venv');
  const peers = await peersPython(layout.tools);
  const extension = await duckExtension('mysql', join(venv, 'lib'), join(work, 'extension'));
  const copy = await tidemark(stack);
  // The factory is a server: its first copy loads the engine, and is not what a copy costs.
  await copy('users', 0);
  const [source, target] = [join(layout.root, 'bench/ingest'), join(work, 'peer')];
  const fresh = async () => {
    await rm(target, { recursive: true, force: true });
    await mkdir(target, { recursive: true, mode: 0o777 });
  };
  const program = (name: string, python: string, script: string, args: string[], url: string, files: string) => ({
    name,
    async run(table: string): Promise<Attempt> {
      await fresh();
      const env = { BENCH_MYSQL: url, RUNTIME__DLTHUB_TELEMETRY: 'false' };
      const ran = await runChild(python, [join(source, script), ...args, table, target], env);
      return { ...ran, seconds: { [name]: ran.seconds }, files: join(target, files) };
    },
  });
  const duckdb = (name: string, options: string) => {
    const url = `host=127.0.0.1 port=${ports.mysql} user=etl password=${secrets.readerPassword} database=shop`;
    const args = [extension, `${options} ssl_mode=disabled`];
    return program(name, join(venv, 'bin/python'), 'duckdb_copy.py', args, url, 'copy.parquet');
  };
  const dlt = (name: string, backend: string, options: object) => {
    const url = `mysql+pymysql://etl:${secrets.readerPassword}@127.0.0.1:${ports.mysql}/shop`;
    return program(name, peers, 'dlt_copy.py', [backend, JSON.stringify(options)], url, 'copy/users*/*.parquet');
  };
  return [
    {
      name: 'limit',
      async run(table) {
        const started = performance.now();
        await drain(shopUrl(stack), `SELECT * FROM \`${table}\``);
        return { seconds: { limit: (performance.now() - started) / 1000 } };
      },
    },
    {
      name: 'tidemark',
      async run(table, round) {
        const stop = watch(pid('adf'));
        const { pipelineSeconds, copySeconds, files } = await copy(table, round);
        return {
          ...stop(),
          seconds: { 'tidemark copy': copySeconds, 'tidemark pipeline': pipelineSeconds },
          files,
        };
      },
    },
    duckdb('DuckDB, compression off', 'compression=disabled'),
    { ...duckdb('DuckDB, default', ''), atMost: { rows: 6_000_000, rounds: 1 } },
    {
      name: 'INTO OUTFILE',
      async run(table) {
        await fresh();
        const started = performance.now();
        await connection.query(`SELECT * INTO OUTFILE '${join(target, 'copy.tsv')}' FROM \`${table}\``);
        return { seconds: { 'INTO OUTFILE': (performance.now() - started) / 1000 } };
      },
    },
    dlt('dlt, connectorx', 'connectorx', {}),
    {
      ...dlt('dlt, connectorx streaming', 'connectorx', { return_type: 'arrow_stream' }),
      atMost: { rows: 1_000_000, rounds: 3 },
    },
    { ...dlt('dlt, sqlalchemy (default)', 'sqlalchemy', {}), atMost: { rows: slowest, rounds: 1 } },
  ];
}
