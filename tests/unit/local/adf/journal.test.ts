import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Entry, journal } from '../../../../local/adf/store/journal';
import type { PipelineRun } from '../../../../local/adf/store/records';
import { runs } from '../../../../local/adf/store/runs';

/** Bytes that the disk has room for. */
let room = Number.POSITIVE_INFINITY;
vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>();
  const writeSync = (fd: number, what: string | Buffer, from = 0) => {
    const bytes = Buffer.from(what).subarray(from, from + room);
    if (bytes.length === 0) throw new Error('ENOSPC');
    room -= bytes.length;
    return fs.writeSync(fd, bytes);
  };
  return { ...fs, writeSync };
});

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tidemark-runs-'));
  room = Number.POSITIVE_INFINITY;
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const file = () => join(directory, 'r.jsonl');
const NOW = new Date().toISOString();
const run = (message: string): PipelineRun => ({
  runId: 'r',
  runGroupId: 'r',
  isLatest: true,
  pipelineName: 'copy',
  parameters: {},
  invokedBy: { id: '', name: '', invokedByType: 'Manual' },
  status: 'InProgress',
  message,
  runStart: NOW,
  runEnd: null,
  durationInMs: null,
  lastUpdated: NOW,
});
const start: Entry = { kind: 'start', start: { parameters: {}, adopted: {} } };
const entry = (message: string): Entry => ({ kind: 'run', run: run(message) });

test('a factory that was killed inside a write starts again, and once more', () => {
  journal(directory).append('r', [start, entry('whole')]);
  appendFileSync(file(), '{"kind":"run","run":{"ru');
  for (let nth = 0; nth < 2; nth += 1)
    expect(runs(journal(directory)).list()).toMatchObject([{ runId: 'r', status: 'Failed' }]);
});

test('an entry that a full disk cuts short is refused, and the next one stands on a line of its own', () => {
  const kept = journal(directory);
  kept.append('r', [start, entry('first')]);
  const before = readFileSync(file(), 'utf8');
  room = 40;
  expect(() => kept.append('r', [entry('second')])).toThrow('ENOSPC');
  expect(readFileSync(file(), 'utf8')).toBe(before);
  room = Number.POSITIVE_INFINITY;
  kept.append('r', [entry('third')]);
  expect(kept.read().get('r')).toMatchObject([start, entry('first'), entry('third')]);
});

test('a file that is damaged in its middle is named', () => {
  writeFileSync(file(), '{"kind":\n{}\n');
  expect(() => journal(directory).read()).toThrow(file());
});
