import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { command } from '../supervisor/control';
import type { Layout } from '../supervisor/layout';
import { endOrphans } from '../supervisor/orphans';
import { endAll, isAlive } from '../supervisor/processes';
import { findRunning, type Running } from './running';

const GRACE_MS = 40_000;

/** Tells a supervisor to stop, and ends it when it does not in time; what it leaves behind then is for the next one. */
export async function endSupervisor({ record, stack }: Running): Promise<void> {
  // Not waited for: one that hangs does not answer.
  void command(record.control, stack.secrets.controlToken, 'down').catch(() => undefined);
  const until = Date.now() + GRACE_MS;
  while (isAlive(record.supervisor) && Date.now() < until) await sleep(40);
  await endAll([record.supervisor], 0);
}

/**
 * Stops the stack and whatever a killed supervisor left behind.
 * @returns whether anything was running
 */
export async function down(layout: Layout): Promise<boolean> {
  const running = await findRunning(layout);
  if (running !== undefined) await endSupervisor(running);
  const orphans = await endOrphans(layout);
  await Promise.all([layout.record, layout.connection, layout.lock].map((file) => rm(file, { force: true })));
  return running !== undefined || orphans.length > 0;
}

/** Stops the stack and removes its state: databases, lake, histories, secrets. */
export async function reset(layout: Layout): Promise<void> {
  await down(layout);
  await rm(layout.state, { recursive: true, force: true, maxRetries: 5 });
}
