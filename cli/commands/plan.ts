import { Plan } from '../../shared/contracts/plan';
import { api } from '../api';
import { exits } from '../fault';
import { formatOf, printList } from '../print';
import { red } from '../terminal';

/** Shows what a run would do now, and starts nothing. */
export async function plan(options: { source: string[]; output: string }): Promise<number> {
  const format = formatOf(options.output);
  const query = options.source.map((name) => `source=${encodeURIComponent(name)}`).join('&');
  const found = await api().read(`/plan${query === '' ? '' : `?${query}`}`, Plan);
  const say = (text: string) => process.stdout.write(text);
  if (format === 'json') {
    say(`${JSON.stringify(found, null, 2)}\n`);
    return exits.ok;
  }
  printList(format, found.sources, [
    ['source', ({ source }) => source],
    ['would', ({ work }) => work],
    ['window', ({ window }) => window ?? ''],
    ['from', ({ lower, mode }) => lower ?? (mode === 'files' ? '' : 'the beginning')],
    ['to', ({ upper, mode }) => upper ?? (mode === 'files' ? 'the files in landing' : 'its read point')],
    ['rows', ({ rows }) => rows ?? 'unknown'],
    ['because', ({ because }) => because],
    ['jobs', ({ jobs }) => jobs.join(', ')],
    ['busy with', ({ busy }) => busy ?? ''],
  ]);
  if (format === 'csv') return exits.ok;
  say('\n');
  printList(format, found.datasets, [
    ['dataset', ({ dataset }) => dataset],
    ['notebook', ({ notebook }) => notebook],
    ['if rows come from', ({ because }) => because.join(', ')],
    ['partner', ({ reconcile }) => (reconcile ? 'compared' : '')],
  ]);
  say(`\nMail to ${found.mails.to.join(', ')} if ${found.mails.when.join('; ')}.\n`);
  for (const { problem } of found.sources) {
    if (problem) say(`\n${red(problem.code)} at ${problem.where}: ${problem.why}\n  Next: ${problem.next}\n`);
  }
  say(
    `\nStart exactly this: tidemark run --plan ${found.plan}${options.source.map((name) => ` --source ${name}`).join('')}\n`,
  );
  return exits.ok;
}
