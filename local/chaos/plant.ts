import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { z } from 'zod';
import type { Fault } from '../http/faults';
import type { ServiceName } from '../supervisor/freePorts';
import { urlOf } from '../supervisor/stack';
import type { World } from './world';

const Left = z.array(z.object({ times: z.number(), kind: z.string() }));

/** Faults that were given to a server of the local Azure. */
export interface Planted {
  /** How many of them have come; those that are left are taken back. */
  struck(): Promise<number>;
  /** Takes back what is left. */
  end(): Promise<void>;
}

/** Gives faults to a running server of the local Azure. */
export async function plant(world: World, service: ServiceName, faults: readonly Partial<Fault>[]): Promise<Planted> {
  await local(world, service, 'POST', '/_local/faults', faults);
  const end = async () => void (await local(world, service, 'DELETE', '/_local/faults'));
  return {
    end,
    async struck() {
      const left = Left.parse(await local(world, service, 'GET', '/_local/faults'));
      await end();
      const planned = faults.reduce((sum, { times = 1 }) => sum + times, 0);
      const remaining = left.reduce((sum, { times, kind }) => sum + (kind === 'outage' ? 0 : times), 0);
      return planned - remaining;
    },
  };
}

/** A call to the part of a local server that no Azure has. Its authority is trusted for this call alone. */
export async function local(
  world: World,
  service: ServiceName,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const { stack } = await world.running();
  const agent = new Agent({ ca: await readFile(world.layout.ca) });
  const headers = { 'x-tidemark-local': '1', 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const call = request(`${urlOf(stack, service)}${path}`, { method, agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (some: string) => {
        text += some;
      });
      answer.on('end', () => {
        agent.destroy();
        if ((answer.statusCode ?? 500) < 400) resolve(text === '' ? null : JSON.parse(text));
        else reject(new Error(`${service} refused ${method} ${path}: ${text}`));
      });
    });
    call.on('error', reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
