import type { Layout } from '../supervisor/layout';
import { isAlive } from '../supervisor/processes';
import { type Record, readRecord } from '../supervisor/record';
import { type Secrets, secretsOf } from '../supervisor/secrets';
import { exits, Fault } from './fault';

/** A stack whose supervisor runs, with the ports it took. */
export interface Running {
  readonly record: Record;
  readonly secrets: Secrets;
  port(name: string): number;
}

/** The running stack of this state directory; undefined when none runs. */
export async function findRunning(layout: Layout): Promise<Running | undefined> {
  const record = await readRecord(layout.record);
  if (record === undefined || !isAlive(record.supervisor)) return undefined;
  const port = (name: string): number => {
    const found = record.services.find((service) => service.name === name);
    if (found === undefined) throw new Error(`the supervisor's record names no service ${name}`);
    return found.port;
  };
  return { record, secrets: await secretsOf(layout.secrets), port };
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

/** mysql:// URL of the account that may write to the shop. */
export const shopUrlOf = ({ secrets, port }: Running): string =>
  `mysql://shop:${secrets.shopPassword}@127.0.0.1:${port('mysql')}/shop`;

/** Dashboard address; the key travels in the fragment, which no server and no log ever sees. */
export const dashboardOf = ({ secrets, port }: Running): string =>
  `https://127.0.0.1:${port('host')}/#key=${secrets.apiKey}`;
