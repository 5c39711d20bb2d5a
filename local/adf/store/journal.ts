import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../../disk/writeWhole';
import { formatJson, parseJson } from '../expression/json';
import { fromJs, toJs, type ValueObject } from '../expression/value';
import type { ActivityRun, PipelineRun, Start } from './records';

/** One line of a run's file; of several lines about one thing the last counts. */
export type Entry =
  | { kind: 'start'; start: Start }
  | { kind: 'run'; run: PipelineRun }
  | { kind: 'activity'; activity: ActivityRun };

/** The files in which runs are kept, one a run, append only. */
export interface Journal {
  /** Returns only when the entry would survive a crash. */
  append(runId: string, entries: readonly Entry[]): void;
  read(): Map<string, Entry[]>;
  remove(runId: string): void;
}

export function journal(directory: string): Journal {
  mkdirSync(directory, { recursive: true });
  const file = (runId: string) => join(directory, `${runId}.jsonl`);
  return {
    append(runId, entries) {
      const lines = entries.map((entry) => `${formatJson(fromJs(entry))}\n`).join('');
      const handle = openSync(file(runId), 'a', 0o600);
      const { size } = fstatSync(handle);
      try {
        writeWhole(handle, lines);
        fdatasyncSync(handle);
      } catch (error) {
        // What comes next must not stand behind half a line.
        ftruncateSync(handle, size);
        throw error;
      } finally {
        closeSync(handle);
      }
    },
    read() {
      const names = readdirSync(directory).filter((name) => name.endsWith('.jsonl'));
      return new Map(names.map((name) => [name.slice(0, -6), entriesOf(join(directory, name))]));
    },
    remove: (runId) => rmSync(file(runId), { force: true }),
  };
}

/** Reads a file, and cuts off a last line that a crash tore: it was never acknowledged, and the next is to begin anew. */
function entriesOf(path: string): Entry[] {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf('\n') + 1;
  if (end < bytes.length) truncateSync(path, end);
  try {
    return bytes.toString('utf8', 0, end).split('\n').filter(Boolean).map(entryOf);
  } catch (cause) {
    throw new Error(`${path} cannot be used: ${(cause as Error).message}; correct or remove it`, { cause });
  }
}

function entryOf(line: string): Entry {
  const value = parseJson(line) as ValueObject;
  // Values of expressions keep their integers; all the rest is plain data.
  if (value['kind'] === 'start') return value as unknown as Entry;
  const entry = toJs(value) as Entry;
  if (entry.kind !== 'activity') return entry;
  const output = (value['activity'] as ValueObject)['output'] as ValueObject;
  return { kind: 'activity', activity: { ...entry.activity, output } };
}
