import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { needRunning, type Running } from '../cli/running';
import { tool } from '../cli/tool';
import { type Life, live } from '../sources/live';
import type { Random } from '../sources/random';
import type { Layout } from '../supervisor/layout';
import { readRecord } from '../supervisor/record';
import { shopUrl } from '../supervisor/stack';
import { type Metadata, readMetadata } from './disk';

const Started = z.object({ run: z.string() });

/** A local Azure that is there to be hurt, and what a scenario may do to it. */
export interface World {
  readonly layout: Layout;
  readonly dice: Random;
  running(): Promise<Running>;
  metadata(): Promise<Metadata>;
  /** The shop lives for a while. */
  live(life?: Partial<Life>): Promise<void>;
  /** Asks for a run and answers with its id. @param source all sources when absent */
  start(source?: string): Promise<string>;
  /** Waits until the record of a run holds what `wanted` looks for; the record is read from disk. */
  until(what: string, wanted: (metadata: Metadata) => boolean, limitMs?: number): Promise<void>;
  /** Waits for the end of a run. @returns its status */
  end(run: string): Promise<string>;
  /** Runs until nothing is left to do, as the next ticks would. */
  quiet(): Promise<void>;
  pid(service: string): Promise<number>;
}

const RUN_LIMIT_MS = 300_000;
const LOOK_MS = 60;

export function world(layout: Layout, dice: Random): World {
  const metadata = () => readMetadata(layout);
  const self: World = {
    layout,
    dice,
    metadata,
    running: () => needRunning(layout),
    async live(life = {}) {
      const { stack } = await needRunning(layout);
      await live(shopUrl(stack), { updates: 40, inserts: 6, deletes: 3, seed: dice.below(1_000_000), ...life });
    },
    async start(source) {
      const only = source === undefined ? [] : ['--source', source];
      const { code, out } = await tool(layout, 'cli/main.js', ['run', ...only, '--reason', 'chaos', '-o', 'json']);
      if (code !== 0) throw new Error(`a run could not be started: exit code ${code}`);
      return Started.parse(JSON.parse(out)).run;
    },
    async until(what, wanted, limitMs = RUN_LIMIT_MS) {
      for (const end = Date.now() + limitMs; Date.now() < end; await sleep(LOOK_MS)) {
        // The file is replaced as a whole; before the first save there is none.
        const found = await metadata().catch(() => undefined);
        if (found && wanted(found)) return;
      }
      throw new Error(`waited ${limitMs / 1000} s for ${what}`);
    },
    async end(run) {
      const ended = (found: Metadata) => found.runs.find((one) => one.run === run && one.ended !== null);
      await self.until(`the end of ${run}`, (found) => ended(found) !== undefined);
      return ended(await metadata())?.status ?? '';
    },
    async quiet() {
      const ended = () => self.until('all runs to end', ({ runs }) => runs.every((run) => run.ended !== null));
      await ended();
      await self.end(await self.start());
      // A tick may have come meanwhile.
      await ended();
    },
    async pid(service) {
      const record = await readRecord(layout.record);
      const pid = record?.services.find(({ name }) => name === service)?.process?.pid;
      if (pid === undefined) throw new Error(`${service} does not run`);
      return pid;
    },
  };
  return self;
}
