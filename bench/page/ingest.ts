import type { Ingest } from './results';
import { met, percent, table, thousands } from './table';

const SHARE = 0.75;
const FLAT_MB = 250;

const NAMES: Record<string, string> = {
  limit: '**limit**: drained over the binary protocol, nothing kept',
  'tidemark copy': '**Tidemark**, its Copy activity',
  'tidemark pipeline': '**Tidemark**, the whole pipeline (read point, columns, count, copy)',
  'INTO OUTFILE': 'the server itself, `SELECT … INTO OUTFILE` (text, no Parquet)',
};

export function ingestPage(result: Ingest): string {
  const sizes = [...new Set(result.rows.map(({ rows }) => rows))];
  const at = (rows: number) => result.rows.filter((one) => one.rows === rows);
  const tables = sizes.map((rows) => {
    const lines = at(rows).map((one) => [
      NAMES[one.what] ?? one.what,
      one.seconds,
      thousands(one.rowsPerSecond),
      percent(one.toLimit),
      one.serverCpuSeconds,
      one.clientCpuSeconds ?? '',
      one.peakMb ?? '',
      one.rounds,
      one.load,
    ]);
    const head = ['', 's', 'rows/s', 'of the limit', 'server CPU s', 'own CPU s', 'peak MB', 'rounds', 'load'];
    return `### ${rows.toLocaleString('en')} rows\n\n${table(head, lines)}`;
  });
  const aims = sizes.map((rows) => {
    const [copy, pipeline] = ['tidemark copy', 'tidemark pipeline'].map((what) =>
      at(rows).find((one) => one.what === what),
    );
    const dlt = at(rows).filter(({ what }) => what.startsWith('dlt'));
    const fastest = Math.min(...dlt.map(({ seconds }) => seconds));
    return [
      rows.toLocaleString('en'),
      `${percent(copy?.toLimit ?? 0)}: ${met((copy?.toLimit ?? 0) >= SHARE)}`,
      `${copy?.peakMb} MB: ${met((copy?.peakMb ?? Number.POSITIVE_INFINITY) < FLAT_MB)}`,
      `${(fastest / (pipeline?.seconds ?? Number.NaN)).toFixed(1)} times as fast as its fastest backend: ${met((pipeline?.seconds ?? Number.POSITIVE_INFINITY) < fastest)}`,
    ];
  });
  const wanted = [
    'rows',
    `copy ≥ ${percent(SHARE)} of the limit`,
    `factory below ${FLAT_MB} MB`,
    'pipeline ahead of dlt',
  ];
  return `## MySQL to Parquet

\`npx tsx bench/ingest/run.ts\` copies a table of ${result.data} out of the local Azure's MariaDB (in memory, over loopback, no
TLS). Tidemark's row is the deployed pipeline \`copy_mysql_snapshot\`, run through the API of a running local factory with
the request that the product makes (ids and times as text, ${result.codec}), on a process that is up; peers are timed from the start of their process to
its end and write Snappy. Peers are installed into a Python environment of the benchmark's own. What each wrote is read back by another engine: rows, distinct ids,
a sum and the newest time must agree. \`of the limit\` compares within each round; memory is the process tree's, CPU that
of the server and of the tool.

${tables.join('\n\n')}

${table(wanted, aims)}`;
}
