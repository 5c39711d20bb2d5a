import { RunDetail, RunList } from '../../shared/contracts/api';
import { sum } from '../../shared/contracts/counts';
import type { PartReport, Run, SourceReport, Step, Trigger } from '../../shared/contracts/run';
import { api } from '../api';
import { exits } from '../fault';
import { type Columns, type Format, formatOf, printList } from '../print';
import { duration, red } from '../terminal';
import { type Detail, watch } from '../watch';

/** 0 when the run succeeded or left everything to another one, 1 when it failed or was cancelled. */
export const exitOf = ({ run }: Detail): number =>
  run.status === 'Succeeded' || run.status === 'Skipped' ? exits.ok : exits.failedRun;

function because(trigger: Trigger): string {
  if (trigger.kind === 'timer') return `schedule ${trigger.schedule}`;
  if (trigger.kind === 'blob') return `file ${trigger.path}`;
  return `${trigger.actor}: ${trigger.reason}`;
}

const after = ({ rerunOf }: Run): string => (rerunOf === undefined ? '' : `, continues ${rerunOf}`);

/** Which runs it left its sources to. */
const leftTo = (sources: readonly SourceReport[]): string =>
  [...new Set(sources.flatMap(({ met, outcome }) => (met === null ? [] : [`, ${outcome} ${met}`])))].join('');

const runColumns: Columns<Run> = [
  ['run', ({ run }) => run],
  ['status', ({ status }) => status],
  ['started', ({ started }) => started],
  ['took', ({ started, ended }) => duration(started, ended)],
  ['read', ({ sources }) => sum(sources.map(({ read }) => read))],
  ['catalog', ({ catalog }) => catalog],
  ['because', ({ trigger, sources }) => `${because(trigger)}${leftTo(sources)}`],
];

/** Lists runs, the newest first. */
export async function list(options: { limit: string; output: string }): Promise<number> {
  const format = formatOf(options.output);
  const { runs } = await api().read(`/runs?limit=${encodeURIComponent(options.limit)}`, RunList);
  printList(format, runs, runColumns);
  return exits.ok;
}

/** Shows one run with its sources, datasets and steps. */
export async function show(run: string, options: { output: string }): Promise<number> {
  const format = formatOf(options.output);
  printDetail(await api().read(`/runs/${encodeURIComponent(run)}`, RunDetail), format, { steps: true });
  return exits.ok;
}

/** Follows a run to its end. */
export async function follow(run: string, options: { output: string }): Promise<number> {
  const format = formatOf(options.output);
  const detail = await watch(api(), run, format === 'table' ? process.stdout : process.stderr);
  printDetail(detail, format, { steps: false });
  return exitOf(detail);
}

const stepColumns: Columns<Step> = [
  ['step', ({ id }) => id],
  ['status', ({ status }) => status],
  ['took', ({ started, ended }) => duration(started, ended)],
  ['in', ({ rowsIn }) => rowsIn ?? ''],
  ['out', ({ rowsOut }) => rowsOut ?? ''],
  ['external', ({ external }) => external],
  ['detail', ({ problem, detail }) => (problem === null ? detail : `${problem.code}: ${problem.why}`)],
];

/** Prints a run: JSON whole, CSV as its steps, a table as its parts. */
export function printDetail(detail: Detail, format: Format, show: { steps: boolean }): void {
  const { run, steps } = detail;
  const say = (text: string) => process.stdout.write(text);
  if (format === 'json') {
    say(`${JSON.stringify(detail, null, 2)}\n`);
    return;
  }
  if (format === 'csv') {
    printList(format, steps, stepColumns);
    return;
  }
  say(
    `\nRun ${run.run}: ${run.status} after ${duration(run.started, run.ended)} (${because(run.trigger)}${leftTo(run.sources)})${after(run)}\n\n`,
  );
  if (run.upkeep) printParts(run.upkeep.parts, format);
  else printMoved(run, format);
  if (show.steps) {
    say('\n');
    printList(format, steps, stepColumns);
  }
  const problems = [
    run.problem ?? [],
    ...[...run.sources, ...run.datasets, ...(run.upkeep?.parts ?? [])].map((part) => part.problems),
  ].flat();
  for (const { code, where, why, next } of problems) say(`\n${red(code)} at ${where}: ${why}\n  Next: ${next}\n`);
}

/** What a run did that moves no source. */
function printParts(parts: readonly PartReport[], format: Format): void {
  printList(format, parts, [
    ['part', ({ part }) => part],
    ['outcome', ({ outcome }) => outcome],
    ['detail', ({ detail }) => detail],
  ]);
}

function printMoved({ sources, datasets }: Run, format: Format): void {
  printList(format, sources, [
    ['source', ({ source }) => source],
    ['outcome', ({ outcome, met }) => (met === null ? outcome : `${outcome} ${met}`)],
    ['window', ({ window }) => window ?? ''],
    ['windows', ({ windows }) => windows],
    ['promise', ({ guarantee }) => guarantee ?? ''],
    ['read', ({ read }) => read],
    ['landed', ({ landed }) => landed],
    ['rejected', ({ rejected }) => rejected],
    ['inserted', ({ inserted }) => inserted],
    ['updated', ({ updated }) => updated],
    ['deleted', ({ deleted }) => deleted],
    ['quarantined', ({ quarantined }) => quarantined],
  ]);
  process.stdout.write('\n');
  printList(format, datasets, [
    ['dataset', ({ dataset }) => dataset],
    ['outcome', ({ outcome }) => outcome],
    ['rows', ({ rows }) => rows],
    ['cells compared', ({ cells }) => cells],
    ['differing', ({ mismatches }) => mismatches],
  ]);
}
