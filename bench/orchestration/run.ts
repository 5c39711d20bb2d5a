import { mkdtempSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Host, startHost } from '../../local/host/host';
import { command } from '../measure/command';
import { median, rounded } from '../measure/statistics';
import { publish } from '../page/page';
import { limit } from './limit';
import { startedFrom, startUp } from './startUp';
import { temporal } from './temporal';

/*
 * Start-up, chains and fan-outs of the local Functions host with every step synced, beside the least that durability costs
 * on this disk, measured in the same minutes. Figures are medians; the ratio is what can be compared between machines.
 */
const ROUNDS = 3;
const app = join(__dirname, 'app');

async function timed(host: Host, name: string, size: number, id: string): Promise<number> {
  const started = performance.now();
  const reply = await fetch(`${host.rpcBaseUrl}orchestrators/${name}/${id}?timeout=300`, {
    method: 'POST',
    body: String(size),
  });
  const elapsed = performance.now() - started;
  if (reply.status !== 200) throw new Error(`${name} of ${size} answered ${reply.status}: ${await reply.text()}`);
  return elapsed;
}

async function rows(host: Host, state: string) {
  const found = [];
  // The first runs warm the code up and are not counted.
  await timed(host, 'chain', 50, 'warm-chain');
  await timed(host, 'fanOut', 1000, 'warm-fan-out');
  const cases = [
    ...[10, 100, 300].map((size) => ['chain', size] as const),
    ...[10, 100, 1000, 10_000].map((size) => ['fanOut', size] as const),
  ];
  for (const [name, size] of cases) {
    const [hub, least]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      hub.push(await timed(host, name, size, `${name}-${size}-${round}`));
      least.push(limit(state, size));
    }
    const ms = median(hub);
    const limitMs = median(least);
    found.push({
      what: name,
      size,
      ms: rounded(ms),
      msPerTask: rounded(ms / size),
      limitMs: rounded(limitMs),
      ratio: rounded(ms / limitMs),
    });
  }
  return found;
}

async function main(): Promise<void> {
  const state = mkdtempSync(join(tmpdir(), 'bench-'));
  const host = await startHost({
    app,
    state,
    port: 0,
    write: () => undefined,
    onFatal: (error) => {
      throw error;
    },
  });
  const table = await rows(host, state);
  await host.stop();
  const starts: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    starts.push(await startUp(mkdtempSync(join(tmpdir(), 'bench-')), app));
  const result = {
    node: process.version,
    cpus: cpus().length,
    load: rounded(loadavg()[0] ?? Number.NaN),
    startUp: { from: startedFrom, ms: rounded(median(starts)) },
    limit: 'two records appended and one fdatasync per task, one task after another',
    rows: table,
    temporal: await temporal(),
  };
  console.table(table);
  console.log(`start to ready (${startedFrom}): ${result.startUp.ms} ms, load ${result.load}`);
  if (result.temporal !== undefined) console.table(result.temporal.rows);
  publish('orchestration', result);
}

command(main);
