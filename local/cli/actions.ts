import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { command } from '../supervisor/control';
import type { Layout } from '../supervisor/layout';
import { demoMark } from './demoMark';
import * as halt from './down';
import { exits, Fault } from './fault';
import { dashboardOf, needRunning } from './running';
import { fillShop, letLive } from './shop';
import { type StockOptions, stockOf, wholeOf } from './stock';
import { tool } from './tool';
import { launch, untilReady } from './up';

type Say = (line: string) => void;

export async function up(layout: Layout, say: Say): Promise<number> {
  await launch(layout, say);
  const running = await untilReady(layout, say);
  say(`The local Azure is up. Dashboard: ${dashboardOf(running)}`);
  return exits.ok;
}

export async function down(layout: Layout, say: Say): Promise<number> {
  say((await halt.down(layout)) ? 'The local Azure is down.' : 'Nothing was running.');
  return exits.ok;
}

export async function reset(layout: Layout, { yes }: { yes?: boolean }, say: Say): Promise<number> {
  if (!yes) await confirm(`Remove everything in ${layout.state}?`);
  await halt.reset(layout);
  say(`${layout.state} is removed.`);
  return exits.ok;
}

async function confirm(question: string): Promise<void> {
  if (process.stdin.isTTY !== true) {
    throw new Fault(exits.usage, 'NOT_CONFIRMED', 'This removes data, and nobody can be asked here.', 'Add --yes.');
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(`${question} [y/N] `);
  prompt.close();
  if (!/^y(es)?$/i.test(answer))
    throw new Fault(exits.usage, 'NOT_CONFIRMED', 'Nothing was removed.', 'Answer y to go on.');
}

/** Starts or stops one service of a running stack. */
export async function one(layout: Layout, verb: 'start' | 'stop', name: string, say: Say): Promise<number> {
  const {
    record,
    stack: { secrets },
  } = await needRunning(layout);
  const names = record.services.map((service) => service.name);
  if (!names.includes(name)) {
    throw new Fault(exits.usage, 'NOT_FOUND', `There is no service ${name}.`, `There are: ${names.join(', ')}.`);
  }
  await command(record.control, secrets.controlToken, `${verb}/${name}`);
  say(`${name} is ${verb === 'start' ? 'healthy' : 'stopped'}.`);
  return exits.ok;
}

export async function seed(layout: Layout, options: StockOptions & { replace?: boolean }, say: Say): Promise<number> {
  const seeded = await fillShop(await needRunning(layout), stockOf(options), options.replace === true);
  if (seeded.kind === 'occupied') {
    throw new Fault(
      exits.usage,
      'OCCUPIED',
      `The shop holds ${seeded.users} users already.`,
      'Add --replace to load others.',
    );
  }
  // What a demonstration left is gone: from now on the data is somebody's own.
  await rm(demoMark(layout), { force: true });
  say(`The shop holds ${seeded.users} users; ${seeded.origin} reports of the partner: ${seeded.reports.join(', ')}.`);
  return exits.ok;
}

export interface LiveOptions {
  readonly updates: string;
  readonly inserts: string;
  readonly deletes: string;
  readonly seed: string;
}

export async function live(layout: Layout, options: LiveOptions, say: Say): Promise<number> {
  const lived = await letLive(await needRunning(layout), {
    updates: wholeOf('--updates', options.updates),
    inserts: wholeOf('--inserts', options.inserts),
    deletes: wholeOf('--deletes', options.deletes),
    seed: wholeOf('--seed', options.seed),
  });
  say(`${lived.updated} users did something, ${lived.inserted} joined, ${lived.deleted} left.`);
  return exits.ok;
}

/** Puts what comes on standard input into the local vault, as a new version of a secret. */
export async function putSecret(layout: Layout, name: string, say: Say): Promise<number> {
  const { text } = await import('node:stream/consumers');
  const value = (await text(process.stdin)).replace(/\r?\n$/, '');
  const { code } = await tool(layout, 'local/cli/putSecret.js', [name], { TIDEMARK_SECRET_VALUE: value });
  if (code === 0) say(`The vault has a new version of ${name}.`);
  return code;
}

/** Uploads in a process of its own: whom Node trusts is settled when a process starts. */
export async function drop(layout: Layout, file: string, path: string, say: Say): Promise<number> {
  await needRunning(layout);
  const { code } = await tool(layout, 'local/cli/dropFile.js', [file, path]);
  if (code !== 0) throw new Fault(exits.dependency, 'NOT_DROPPED', `${file} was not taken.`, 'Read the message above.');
  say(`${path} is in the landing zone.`);
  return exits.ok;
}
