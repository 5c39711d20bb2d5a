import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countriesCsv } from '../sources/countriesCsv';
import type { Layout } from '../supervisor/layout';
import { urlOf } from '../supervisor/stack';
import { demoMark } from './demoMark';
import { down, reset } from './down';
import { exits, Fault } from './fault';
import { dashboardOf, findRunning, type Running } from './running';
import { fillShop, letLive } from './shop';
import { type StockOptions, stockOf, wholeOf } from './stock';
import { Alerts, Datasets, Detail, preview, Rows, Runs, tell } from './story';
import { ask, tool } from './tool';
import { launch, untilReady } from './up';
import { whenInterrupted } from './whenInterrupted';

export interface DemoOptions extends StockOptions {
  readonly out?: string;
  readonly keep?: boolean;
}

type Say = (line: string) => void;

const LIFE = { updates: 1000, inserts: 50, deletes: 20 } as const;
/** How long the event of a dropped file may take to start its run. */
const EVENT_MS = 60_000;

/**
 * Shows the whole pipeline on this machine: a full run, an increment after the shop has lived, and a run that a dropped
 * file starts. Stops the stack at the end unless it is to be kept.
 */
export async function demo(layout: Layout, options: DemoOptions, say: Say): Promise<number> {
  const began = Date.now();
  const titled = (text: string) => say(`\n[${((Date.now() - began) / 1000).toFixed(0).padStart(3)} s] ${text}`);
  const stock = stockOf(options);
  if (existsSync(demoMark(layout))) {
    titled('Removing what an earlier demonstration left');
    await reset(layout);
  }
  const found = await findRunning(layout);
  const end = () => (options.keep || found !== undefined ? Promise.resolve(false) : down(layout));
  whenInterrupted(end);
  try {
    titled('Starting the local Azure, and filling the shop while Spark starts');
    await launch(layout, say);
    const [running] = await Promise.all([untilReady(layout, (line) => say(`  ${line}`)), fill(layout, stock, say)]);
    const told = await tellStory(layout, running, options, titled, say);
    if (options.keep || found !== undefined) say(`\nThe stack goes on. Dashboard: ${dashboardOf(running)}`);
    return told;
  } finally {
    if (!options.keep && found === undefined) titled('Stopping the local Azure');
    await end();
  }
}

async function fill(layout: Layout, stock: ReturnType<typeof stockOf>, say: Say): Promise<void> {
  const running = await untilReady(layout, () => undefined, ['mysql', 'sftp']);
  const seeded = await fillShop(running, stock, false);
  if (seeded.kind === 'seeded') {
    await writeFile(demoMark(layout), JSON.stringify({ since: new Date().toISOString() }));
    say(`  The shop holds ${seeded.users} users; the partner's reports were ${seeded.origin}.`);
    return;
  }
  throw new Fault(
    exits.usage,
    'OCCUPIED',
    `The stack in ${layout.state} holds ${seeded.users} users of its own, and a demonstration would mix with them.`,
    'Set TIDEMARK_STATE to another folder, or run `tidemark reset` first.',
  );
}

async function tellStory(
  layout: Layout,
  running: Running,
  options: DemoOptions,
  titled: Say,
  say: Say,
): Promise<number> {
  const run = async (reason: string) => Detail.parse(await ask(layout, ['run', '--wait', '--reason', reason], [0, 1]));
  titled('First run: everything');
  const first = await run('demonstration: first run');
  titled(`The shop lives: ${LIFE.updates} updates, ${LIFE.inserts} new users, ${LIFE.deletes} leave`);
  const life = { ...LIFE, seed: wholeOf('--seed', options.seed) + 1 };
  await Promise.all([letLive(running, life), options.out === undefined || exported(layout, options.out, say)]);
  titled('Second run: only what changed');
  const second = await run('demonstration: after the shop has lived');

  titled('A file of countries is dropped into the landing zone, and its event starts a third run');
  const third = await dropCountries(layout);

  titled('What happened');
  for (const line of [...tell('First run', first), ...tell('Second run', second), ...tell('Third run', third)])
    say(line);
  for (const line of (await Promise.all([goldOf(layout), mailsOf(layout, running)])).flat()) say(line);
  say(`\nEverything lies in ${layout.state}: lake/ (bronze, silver, gold), logs/, mysql/, sftp/.`);
  return [first, second, third].every(({ run: { status } }) => status === 'Succeeded') ? exits.ok : exits.failed;
}

async function exported(layout: Layout, folder: string, say: Say): Promise<void> {
  const out = resolve(folder);
  const { code } = await tool(layout, 'cli/main.js', ['export', '--out', out]);
  if (code !== 0)
    throw new Fault(code, 'DEMO_STEP', 'The gold tables could not be exported.', 'Read the messages above.');
  say(`  The gold tables of the first run, of the data as seeded, are in ${out}.`);
}

async function dropCountries(layout: Layout): Promise<Detail> {
  const file = join(layout.state, 'sources/countries.csv');
  await mkdir(join(layout.state, 'sources'), { recursive: true });
  await writeFile(file, countriesCsv());
  const { code } = await tool(layout, 'local/cli/dropFile.js', [file, 'countries/countries.csv']);
  if (code !== 0) throw new Fault(exits.dependency, 'DEMO_STEP', 'The file was not taken.', 'Read logs/lake.log.');
  for (const until = Date.now() + EVENT_MS; Date.now() < until; await sleep(400)) {
    const started = Runs.parse(await ask(layout, ['runs', 'ls', '--limit', '5'])).find(
      (one) => one.trigger.kind === 'blob',
    );
    if (started !== undefined) return Detail.parse(await ask(layout, ['runs', 'watch', started.run], [0, 1]));
  }
  throw new Fault(
    exits.failed,
    'DEMO_STEP',
    'The dropped file started no run.',
    'Read logs/lake.log and logs/host.log.',
  );
}

async function goldOf(layout: Layout): Promise<string[]> {
  const datasets = Datasets.parse(await ask(layout, ['datasets']));
  const names = datasets.filter(({ published }) => published !== null).map(({ dataset }) => dataset.name);
  const tables = await Promise.all(names.map((name) => ask(layout, ['rows', name, '--limit', '5'])));
  return tables.flatMap((table, at) => [
    `\n${names[at]}:`,
    ...preview(Rows.parse(table), process.stdout.columns ?? 120),
  ]);
}

async function mailsOf(layout: Layout, { stack }: Running): Promise<string[]> {
  const alerts = Alerts.parse(await ask(layout, ['alerts']));
  return [
    `\nMails: ${alerts.length === 0 ? 'none' : `${alerts.length}, in the mailbox at ${urlOf(stack, 'mail')}/`}`,
    ...alerts.map(
      ({ to, subject, sent }) => `  ${sent === null ? 'queued' : 'sent  '}  to ${to.join(', ')}: ${subject}`,
    ),
  ];
}
