import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { RunDetail } from '../shared/contracts/api';
import type { Step } from '../shared/contracts/run';
import { type Api, refusal } from './api';
import { exits, Fault } from './fault';
import { dim, duration, status } from './terminal';

export type Detail = z.infer<typeof RunDetail>;

const LOOK_MS = 400;
/** A run that was accepted a moment ago may not be on record yet. */
const APPEARS_MS = 60_000;
/** How long the API may be away while a run is followed. */
const PATIENCE_MS = 120_000;

/** What `watch` writes to; the terminal's width cuts live lines, so that redrawing them does not leave rests. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const isOver = ({ run }: Detail): boolean => run.ended !== null;

/**
 * Follows a run to its end: a live list of steps on a terminal, one line an event elsewhere. An API that is away for a
 * while is looked at again.
 * @throws Fault when it refuses, or stays away for longer than `patienceMs`
 */
export async function watch(
  api: Api,
  run: string,
  screen: Screen | null,
  lookMs = LOOK_MS,
  patienceMs = PATIENCE_MS,
): Promise<Detail> {
  const draw = screen === null ? () => undefined : screen.isTTY === true ? live(screen) : lines(screen);
  const since = Date.now();
  let there = since;
  for (;;) {
    const { detail, fault, missing, pauseMs } = await look(api, run);
    if (detail) {
      draw(detail);
      if (isOver(detail)) return detail;
      there = Date.now();
    } else if (missing) {
      if (Date.now() - since >= APPEARS_MS) throw fault;
    } else if (fault.exitCode !== exits.dependency || Date.now() - there >= patienceMs) {
      throw goesOn(fault, run);
    }
    await sleep(Math.max(lookMs, pauseMs));
  }
}

type Look = { readonly missing: boolean; readonly pauseMs: number } & (
  | { readonly detail: Detail; readonly fault: null }
  | { readonly detail: null; readonly fault: Fault }
);

async function look(api: Api, run: string): Promise<Look> {
  try {
    const { status: code, text, pauseMs } = await api.raw(`/runs/${run}`);
    const missing = code === 404;
    if (code === 200) return { detail: RunDetail.parse(JSON.parse(text)), fault: null, missing, pauseMs };
    return { detail: null, fault: refusal(code, text), missing, pauseMs };
  } catch (fault) {
    if (fault instanceof Fault) return { detail: null, fault, missing: false, pauseMs: 0 };
    throw fault;
  }
}

/** It is only the looking that ends. */
const goesOn = ({ exitCode, code, message, next }: Fault, run: string): Fault =>
  new Fault(exitCode, code, message, `${next} Run ${run} goes on without: \`tidemark runs watch ${run}\` follows it.`);

/** One line of a step, as it stands. */
export function stepLine(step: Step): string {
  const rows = [step.rowsIn === null ? '' : `${step.rowsIn} in`, step.rowsOut === null ? '' : `${step.rowsOut} out`];
  const said = step.problem === null ? step.detail : `${step.problem.code}: ${step.problem.why}`;
  return [
    status(step.status).padEnd(9),
    `${step.subject}/${step.name}`,
    ...rows,
    duration(step.started, step.ended),
    said,
  ]
    .filter((part) => part !== '')
    .join('  ');
}

/** Prints a line whenever a step or the run changes its state. */
function lines(screen: Screen): (detail: Detail) => void {
  const seen = new Map<string, string>();
  return ({ run, steps }) => {
    for (const step of steps) {
      if (seen.get(step.id) === step.status) continue;
      seen.set(step.id, step.status);
      screen.write(`${stepLine(step)}\n`);
    }
    if (seen.get(run.run) === run.status) return;
    seen.set(run.run, run.status);
    screen.write(`${run.status.padEnd(9)}  run ${run.run}\n`);
  };
}

/** Redraws the list in place; a finished run's list stays. */
function live(screen: Screen): (detail: Detail) => void {
  let drawn = 0;
  return ({ run, steps }) => {
    const head = `run ${run.run}  ${status(run.status)}  ${dim(duration(run.started, run.ended))}`;
    const text = [head, ...steps.map(stepLine)].map((line) => `\x1b[2K${cut(line, screen.columns ?? 80)}\n`).join('');
    screen.write(`${drawn > 0 ? `\x1b[${drawn}A` : ''}${text}`);
    drawn = steps.length + 1;
  };
}

/** Colours take no room on the screen, so they are not counted. */
function cut(line: string, width: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what starts a colour
  const bare = line.replace(/\x1b\[\d+m/g, '');
  return bare.length < width ? line : `${bare.slice(0, width - 2)}…`;
}
