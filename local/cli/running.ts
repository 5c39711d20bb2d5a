import { portsIn } from '../supervisor/freePorts';
import type { Layout } from '../supervisor/layout';
import { isAlive } from '../supervisor/processes';
import { type Record, readRecord } from '../supervisor/record';
import { secretsOf } from '../supervisor/secrets';
import { type Stack, urlOf } from '../supervisor/stack';
import { exits, Fault } from './fault';

/** A stack whose supervisor runs, and what that supervisor told last. */
export interface Running {
  readonly record: Record;
  readonly stack: Stack;
}

/** The running stack of this state directory; undefined when none runs. */
export async function findRunning(layout: Layout): Promise<Running | undefined> {
  const record = await readRecord(layout.record);
  if (record === undefined || !isAlive(record.supervisor)) return undefined;
  const ports = portsIn(record.services);
  return { record, stack: { layout, ports, secrets: await secretsOf(layout.secrets) } };
}

/** @throws Fault when no stack runs */
export async function needRunning(layout: Layout): Promise<Running> {
  const running = await findRunning(layout);
  if (running !== undefined) return running;
  throw new Fault(
    exits.dependency,
    'NOT_RUNNING',
    `No local stack runs in ${layout.state}.`,
    'Start it with `tidemark up`.',
  );
}

/** Dashboard address; the key travels in the fragment, which no server and no log ever sees. */
export const dashboardOf = ({ stack }: Running): string => `${urlOf(stack, 'host')}/#key=${stack.secrets.apiKey}`;
