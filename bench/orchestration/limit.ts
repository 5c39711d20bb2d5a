import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { encodeLine } from '../../local/host/store/line';

/** The two records that a task leaves in the journal at least: it was asked for, and it ended. */
const RECORDS = [
  '{"t":"step","id":"bench","generation":1,"at":"2026-01-01T00:00:00.000Z","take":1,"positions":[{"signature":"activity noop","awaits":"one","ids":[1]}],"tasks":[[1,{"kind":"activity","name":"noop","input":"1"}]],"cancelled":[],"waits":{},"nextId":2,"end":{"kind":"waiting"}}',
  '{"t":"task","id":"bench","generation":1,"task":1,"outcome":{"kind":"done","result":"1"},"at":"2026-01-01T00:00:00.000Z"}',
];

/** Milliseconds for the least a durable hub must do, one task after another: append two records, fdatasync. */
export function limit(directory: string, tasks: number): number {
  const fd = openSync(join(directory, 'limit'), 'w');
  const started = performance.now();
  for (let task = 0; task < tasks; task += 1) {
    for (const record of RECORDS) writeSync(fd, encodeLine(task * 2, record));
    fdatasyncSync(fd);
  }
  const elapsed = performance.now() - started;
  closeSync(fd);
  return elapsed;
}
