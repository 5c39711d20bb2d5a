import type { Orchestration } from './results';
import { met, table } from './table';

const WORDS: Record<string, string> = { chain: 'one after another', fanOut: 'at once' };

export function orchestrationPage(result: Orchestration): string {
  const peer = (what: string, size: number) =>
    result.temporal?.rows.find((one) => one.what === what && one.size === size);
  const lines = result.rows.map((one) => {
    const other = peer(one.what, one.size);
    return [
      `${one.size.toLocaleString('en')} activities ${WORDS[one.what] ?? one.what}`,
      one.ms,
      one.msPerTask,
      one.limitMs,
      one.ratio,
      other?.ms ?? '',
      other === undefined ? '' : Number((one.ms / other.ms).toPrecision(3)),
    ];
  });
  const head = ['', 'ms', 'ms each', 'limit ms', 'to the limit', 'Temporal ms', 'to Temporal'];
  const compared = result.rows.filter(({ what, size }) => what === 'fanOut' && peer(what, size) !== undefined);
  const ahead = compared.every(({ what, size, ms }) => ms < (peer(what, size)?.ms ?? 0));
  return `## Orchestration

\`npx tsx bench/orchestration/run.ts\` runs orchestrators of empty activities on the local Functions host, through the
unmodified \`durable-functions\`, with every step synced to the disk. The limit is what durability costs at least, measured
in the same minutes: ${result.limit} (so a fan-out, which
shares its syncs, can be below it). Temporal is its Java test server, which keeps everything in memory; it is measured where
\`TEMPORAL_PYTHON\` and \`TEMPORAL_CLASSPATH\` name an interpreter with \`temporalio\` and the jars of the server.

${table(head, lines)}

Start of the host to ready (from \`${result.startUp.from}\`): ${result.startUp.ms.toLocaleString('en')} ms. Load during the run: ${result.load}.
${result.temporal === undefined ? '' : `Aim: fan-out ahead of Temporal's test server with every step synced: ${met(ahead)}.`}`;
}
