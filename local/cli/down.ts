import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { command } from '../supervisor/control';
import type { Layout } from '../supervisor/layout';
import { endOrphans } from '../supervisor/orphans';
import { endAll, isAlive } from '../supervisor/processes';
import { findRunning } from './running';

const GRACE_MS = 40_000;

/**
 * Stops the stack and whatever a killed supervisor left behind.
 * @returns whether anything was running
 */
export async function down(layout: Layout): Promise<boolean> {
  const running = await findRunning(layout);
  if (running !== undefined) {
    await command(running.record.control, running.stack.secrets.controlToken, 'down').catch(() => undefined);
    const until = Date.now() + GRACE_MS;
    while (isAlive(running.record.supervisor) && Date.now() < until) await sleep(40);
    await endAll([running.record.supervisor], 0);
  }
  const orphans = await endOrphans(layout);
  await Promise.all([layout.record, layout.connection, layout.lock].map((file) => rm(file, { force: true })));
  return running !== undefined || orphans.length > 0;
}

/** Stops the stack and removes its state: databases, lake, histories, secrets. */
export async function reset(layout: Layout): Promise<void> {
  await down(layout);
  await rm(layout.state, { recursive: true, force: true, maxRetries: 5 });
}
