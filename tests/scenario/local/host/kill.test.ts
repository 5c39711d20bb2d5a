import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { TaskHub } from '../../../../local/host/durable/taskHub';
import { type KillableHost, killableHost } from './killableHost';
import { ask, EVENTS, type Job, jobs, problems } from './workload';

const app = join(__dirname, 'apps/kill');
const KILLS = 10;

/** A small generator with a seed, so that the moments of the kills can be repeated. */
const random = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

/** The host that is up at the moment; a caller repeats until it gets an answer. */
class Target {
  url: string | undefined;

  async insist(method: string, path: string, body?: unknown): Promise<number> {
    for (;;) {
      try {
        if (this.url !== undefined) {
          const { status } = await ask(this.url, method, path, body);
          if (status !== 503) return status;
        }
      } catch (error) {
        if (!(error instanceof Error)) throw error;
      }
      await pause(20);
    }
  }
}

async function drive(target: Target, all: readonly Job[]): Promise<void> {
  const [collector, ...rest] = [...all].reverse();
  if (collector === undefined) return;
  await target.insist('POST', `orchestrators/${collector.name}/${collector.id}`, collector.input);
  const events = async () => {
    for (let number = 1; number <= EVENTS; number += 1) {
      await target.insist('POST', `instances/${collector.id}/raiseEvent/number`, number);
      await pause(100);
    }
  };
  const starts = async () => {
    for (const { id, name, input } of rest) {
      // 409 means that an earlier try had arrived although its answer was lost.
      expect([202, 409]).toContain(await target.insist('POST', `orchestrators/${name}/${id}`, input));
      await pause(150);
    }
  };
  await Promise.all([events(), starts()]);
}

async function kill(host: KillableHost): Promise<void> {
  host.process.kill('SIGKILL');
  await host.ended;
}

/** Ids which a history completes more than once, or completes without having asked for them. */
function wronglyApplied(directory: string): string[] {
  const hub = new TaskHub({ directory, onFatal: fail, warn: () => undefined });
  return [...hub.state.instances.values()].flatMap(({ id, history }) => {
    const asked = new Set(history.filter(({ EventId }) => EventId >= 0).map(({ EventId }) => EventId));
    const ended = history
      .flatMap(({ TaskScheduledId, TimerId }) => Number(TaskScheduledId ?? TimerId ?? -1))
      .filter((n) => n >= 0);
    return ended
      .filter((task, at) => !asked.has(task) || ended.indexOf(task) !== at)
      .map((task) => `${id} task ${task}`);
  });
}
const fail = (error: Error): never => {
  throw error;
};

const journalOf = (state: string): string => {
  const directory = join(state, 'host/KillHub');
  const name = readdirSync(directory).find((file) => file.endsWith('.journal'));
  return join(directory, name ?? '');
};

test('nothing is lost and nothing applied twice through ten kills at random moments', async () => {
  const state = mkdtempSync(join(tmpdir(), 'kill-'));
  const notes = join(state, 'notes');
  writeFileSync(notes, '');
  const next = random(20_261);
  const all = jobs(45);
  const target = new Target();
  const driven = drive(target, all);
  for (let round = 0; round < KILLS; round += 1) {
    const host = killableHost(state, app, notes);
    // Every fifth kill hits the start.
    if (round % 5 === 4) await pause(300 + next() * 900);
    else {
      target.url = await host.ready;
      expect(target.url).toBeDefined();
      await pause(100 + next() * 1200);
    }
    target.url = undefined;
    await kill(host);
  }
  const host = killableHost(state, app, notes);
  target.url = await host.ready;
  const url = target.url ?? '';
  await driven;
  for (let found = ['?'], tries = 0; found.length > 0 && tries < 100; tries += 1) {
    found = await problems(url, all);
    if (found.length > 0) await pause(200);
  }
  expect(await problems(url, all)).toEqual([]);
  host.process.kill('SIGTERM');
  expect((await host.ended).code).toBe(0);
  expect(wronglyApplied(join(state, 'host/KillHub'))).toEqual([]);
  // Every activity that was needed has run; kills repeat some, which is why executions are only bounded from below.
  const executions = readFileSync(notes, 'utf8').trim().split('\n').length;
  expect(executions).toBeGreaterThanOrEqual(15 * 8 + 30 * 2 * 8);

  const lines = readFileSync(journalOf(state), 'utf8').split('\n');
  await refusesMissingRecord(state, lines, notes);
  await noticesLostTail(lines, notes, all);
});

/** Negative control: a record dropped from the middle stops the start. */
async function refusesMissingRecord(state: string, lines: readonly string[], notes: string): Promise<void> {
  const damaged = await copyWith(lines.filter((_, at) => at !== 40));
  const host = killableHost(damaged, app, notes);
  expect(await host.ready).toBeUndefined();
  expect(await host.ended).toMatchObject({ code: 1, stderr: expect.stringContaining('record 41 is missing') });
  expect(damaged).not.toBe(state);
}

/** Negative control: the check itself sees that records at the end are gone. */
async function noticesLostTail(lines: readonly string[], notes: string, all: readonly Job[]): Promise<void> {
  const lastStart = lines.findLastIndex((line) => line.includes('"t":"new"'));
  const host = killableHost(await copyWith([...lines.slice(0, lastStart), '']), app, notes);
  const found = await problems((await host.ready) ?? '', all);
  expect(found.some((text) => text.endsWith('missing'))).toBe(true);
  await kill(host);
}

async function copyWith(lines: readonly string[]): Promise<string> {
  const state = mkdtempSync(join(tmpdir(), 'kill-'));
  mkdirSync(join(state, 'host/KillHub'), { recursive: true });
  writeFileSync(join(state, 'host/KillHub/hub.1.journal'), lines.join('\n'));
  return state;
}
