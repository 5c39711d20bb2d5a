import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { writeDurable } from '../disk/durable';
import { ownDirectory } from '../disk/ownDirectory';
import { readJson } from '../disk/readJson';

const Entry = z.object({ endpoint: z.url(), event: z.looseObject({ id: z.string() }) });
export type Entry = z.infer<typeof Entry>;

/** Tries to hand one entry over; false or an error means "again later". */
export type Deliver = (entry: Entry, attempt: number) => Promise<boolean>;

/** An entry that is safely on disk: send it once its commit is done, or take it back when the commit failed. */
export interface Ticket {
  send(): void;
  withdraw(): Promise<void>;
}

export interface Outbox {
  put(entry: Entry): Promise<Ticket>;
  /** Stops trying; what is on disk is tried again by the next process. */
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

/** Delivers at least once: entries stay on disk until a delivery succeeded, also over a crash. */
export async function outbox(directory: string, deliver: Deliver, firstPause = FIRST_PAUSE_MS): Promise<Outbox> {
  const there = await ownDirectory(directory);
  const stopped = new AbortController();
  const running = new Set<Promise<void>>();

  const attempt = async (path: string, entry: Entry) => {
    for (let n = 1; !stopped.signal.aborted; n += 1) {
      const done = await deliver(entry, n).catch(() => false);
      if (done) return rm(path, { force: true });
      await sleep(Math.min(firstPause * 2 ** (n - 1), LONGEST_PAUSE_MS), undefined, {
        signal: stopped.signal,
        ref: false,
      }).catch(() => undefined);
    }
  };
  const start = (path: string, entry: Entry) => {
    const run: Promise<void> = attempt(path, entry).finally(() => running.delete(run));
    running.add(run);
  };

  for (const name of there.filter((file) => file.endsWith('.json')).sort()) {
    const entry = await readJson(join(directory, name), Entry);
    if (entry) start(join(directory, name), entry);
  }
  return {
    async put(entry) {
      const path = join(directory, `${Date.now()}-${randomUUID()}.json`);
      await writeDurable(path, JSON.stringify(entry));
      return { send: () => start(path, entry), withdraw: () => rm(path, { force: true }) };
    },
    async close() {
      stopped.abort();
      await Promise.all(running);
    },
  };
}
