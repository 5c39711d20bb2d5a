import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { down, reset } from '../cli/down';
import { exits, Fault } from '../cli/fault';
import { needRunning } from '../cli/running';
import { fillShop } from '../cli/shop';
import { wholeOf } from '../cli/stock';
import { launch, untilReady } from '../cli/up';
import { whenInterrupted } from '../cli/whenInterrupted';
import { random } from '../sources/random';
import { type Layout, layoutOf } from '../supervisor/layout';
import { check } from './check/check';
import { type Finding, finding } from './check/finding';
import { faults, lostMail } from './faults';
import { hints } from './hints';
import { kills } from './kills';
import type { Scenario } from './scenario';
import { diskFull, smallDisk } from './smallDisk';
import { source } from './source';
import { type World, world } from './world';

export interface ChaosOptions {
  readonly seed: string;
  readonly only?: string;
  readonly report?: string;
}

interface Told {
  readonly name: string;
  readonly what: string;
  readonly seconds: number;
  readonly struck: number;
  readonly findings: readonly Finding[];
}

type Say = (line: string) => void;

const USERS = 600;
const scenarios: readonly Scenario[] = [lostMail, ...kills, ...faults, ...hints, ...source, diskFull];

/**
 * Hurts a local Azure of its own in every way that there is a scenario for, and holds disk and source against the
 * promises after each. The same seed does the same again.
 * @returns 0 only when every fault struck and every invariant held
 */
export async function chaos(home: Layout, options: ChaosOptions, say: Say): Promise<number> {
  const chosen = choose(options.only);
  const seed = wholeOf('--seed', options.seed);
  const folder = join(home.state, 'chaos');
  const disk = chosen.includes(diskFull) ? await smallDisk(folder) : undefined;
  const possible = disk?.real === false ? chosen.filter((one) => one !== diskFull) : chosen;
  if (possible.length < chosen.length) say(`${diskFull.name} is left out: mounting a small disk takes root on Linux.`);
  // A stack of its own: nothing that anybody works with is ever hurt.
  const layout = layoutOf({ TIDEMARK_STATE: join(folder, 'stack') });
  process.env['TIDEMARK_STATE'] = layout.state;
  const told: Told[] = [];
  const end = async () => {
    await down(layout);
    await disk?.end();
  };
  whenInterrupted(end);
  try {
    await reset(layout);
    const hurt = await begin(layout, seed, say);
    for (const [at, scenario] of possible.entries()) {
      const result = await one(hurt, scenario);
      told.push(result);
      say(`${String(at + 1).padStart(3)}/${possible.length}  ${line(result)}`);
      for (const { invariant, seen } of result.findings) say(`         ${invariant}: ${seen}`);
    }
  } finally {
    await end();
  }
  const report = resolve(options.report ?? join(home.state, 'chaos-report.json'));
  await mkdir(dirname(report), { recursive: true });
  await writeFile(report, `${JSON.stringify({ seed, scenarios: told }, null, 2)}\n`);
  const bad = told.filter(({ findings }) => findings.length > 0);
  say(`${told.length} scenarios, ${bad.length} with a broken promise. Seed ${seed}; the report is ${report}.`);
  return bad.length === 0 ? exits.ok : exits.failed;
}

function choose(only: string | undefined): readonly Scenario[] {
  const chosen = scenarios.filter(({ name }) => only === undefined || name.includes(only));
  if (chosen.length > 0) return chosen;
  throw new Fault(
    exits.usage,
    'NOT_FOUND',
    `No scenario is called ${only}.`,
    `There are: ${scenarios.map(({ name }) => name).join(', ')}.`,
  );
}

async function begin(layout: Layout, seed: number, say: Say): Promise<World> {
  say('Starting a local Azure of its own');
  await launch(layout, say);
  await untilReady(layout, () => undefined);
  await fillShop(await needRunning(layout), { kind: 'generated', count: USERS, seed }, false);
  const made = world(layout, random(seed));
  await made.quiet();
  const before = await check(made);
  if (before.length > 0) throw new Error(`broken before anything was done: ${JSON.stringify(before)}`);
  return made;
}

async function one(hurt: World, { name, what, play }: Scenario): Promise<Told> {
  const began = Date.now();
  const findings: Finding[] = [];
  let struck = 0;
  try {
    struck = await play(hurt);
    if (struck === 0) findings.push(finding('fault', 'it never struck, so that nothing was shown'));
    await hurt.quiet();
    findings.push(...(await check(hurt)));
  } catch (error) {
    findings.push(finding('C5', error instanceof Error ? error.message : String(error)));
  }
  return { name, what, seconds: Math.round((Date.now() - began) / 1000), struck, findings };
}

const line = ({ name, seconds, findings }: Told): string =>
  `${findings.length === 0 ? 'held  ' : 'BROKEN'}  ${name.padEnd(32)} ${seconds} s`;
