import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { incrementPage } from './increment';
import { ingestPage } from './ingest';
import { orchestrationPage } from './orchestration';
import { FOLDER, type Results, readResults } from './results';

const HEAD = `# Benchmarks

What Tidemark costs, each time beside a limit or a peer that was measured in the same run on the same machine, in turns.
Seconds are medians of the rounds and say little about another machine; the ratios are what can be compared. \`load\` is
the highest one-minute load average at the start of a round: above the number of cores, others were at work and all
times are longer than they need be. Each benchmark writes its figures to \`results/\` and this page from all of them; nothing
here is typed by hand. They keep their data in \`.tidemark/bench\`: remove it to begin anew. \`--data DIR\` takes \`users.csv[.gz]\` of your own in place of the generated
shop; \`--rows\` and \`--rounds\` make a run shorter.`;

const absent = (title: string, name: keyof Results): string =>
  `## ${title}\n\nNo results yet: \`npx tsx bench/${name}/run.ts\` measures it, and until then none of its aims is met.`;

/** The page, as the results have it. */
export function page({ ingest, increment, orchestration }: Results): string {
  const machines = [ingest, increment, orchestration].flatMap((one) => (one === undefined ? [] : [one]));
  const seen = [...new Set(machines.map(({ node, cpus }) => `${cpus} virtual cores, Node ${node.slice(1)}`))];
  const parts = [
    HEAD,
    `Machine: ${seen.join('; ')}, Linux, everything on one machine.`,
    ingest === undefined ? absent('MySQL to Parquet', 'ingest') : ingestPage(ingest),
    increment === undefined ? absent('A window of changed rows', 'increment') : incrementPage(increment),
    orchestration === undefined ? absent('Orchestration', 'orchestration') : orchestrationPage(orchestration),
  ];
  return `${parts.map((part) => part.trim()).join('\n\n')}\n`;
}

/** Keeps the figures of one benchmark and writes the page anew. */
export function publish(name: keyof Results, result: unknown): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(join(FOLDER, '../README.md'), page(readResults()));
}
