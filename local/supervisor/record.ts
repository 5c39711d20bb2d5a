import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { readJson } from '../disk/readJson';
import { Identity } from './processes';

const ServiceRecord = z.strictObject({
  name: z.string(),
  state: z.enum(['waiting', 'starting', 'healthy', 'restarting', 'stopped']),
  port: z.int(),
  url: z.string(),
  process: Identity.nullable(),
  restarts: z.int(),
});

/** What the supervisor tells the outside: who it is, how to speak to it, and how its services are. */
export const Record = z.strictObject({
  supervisor: Identity,
  phase: z.enum(['starting', 'ready', 'failed', 'stopping']),
  /** What it does at the moment, or why it failed. */
  doing: z.string(),
  control: z.string(),
  services: z.array(ServiceRecord),
});
export type Record = z.infer<typeof Record>;

/** Written at once and in full, so that a process is on record before it can do anything. */
export function writeRecord(path: string, record: Record): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(record, null, 1), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export const readRecord = (path: string): Promise<Record | undefined> => readJson(path, Record);
