import type { Increment } from './results';
import { met, table } from './table';

const MOST = 1.5;

export function incrementPage(result: Increment): string {
  const lines = result.rows.map((one) => [
    one.rows.toLocaleString('en'),
    one.copySeconds,
    one.landSeconds,
    one.applySeconds,
    one.windowSeconds,
    one.toMillion,
    one.rounds,
    one.load,
  ]);
  const head = ['rows in the table', 'copy s', 'land s', 'apply s', 'window s', 'to 1,000,000', 'rounds', 'load'];
  const changed = result.rows[0]?.changed.toLocaleString('en') ?? '';
  const largest = result.rows.at(-1);
  return `## A window of ${changed} changed rows

\`npx tsx bench/increment/run.ts\` changes ${changed} rows, spread over all of the key, in tables of several sizes and runs
the product on its local Azure, the tables in turns: Data Factory copies the window, its account and manifest are made,
the notebook merges it into silver on Spark and Delta with deletion vectors. Spark runs with both compilers, as on
Databricks (\`TIDEMARK_SPARK_COMPILER=full\`); with the first alone, as the local Azure starts it to be quick
with small tables, large ones take longer. Times are the product's own steps; a
window goes from the start of its copy to the end of its apply, waiting for factory and job included.

${table(head, lines)}

Aim: the cost follows the change, not the table; ${changed} rows into ${largest?.rows.toLocaleString('en')} take at most
${MOST} times what they take into 1,000,000. It is ${largest?.toMillion}: ${met((largest?.toMillion ?? Number.POSITIVE_INFINITY) <= MOST)}.`;
}
