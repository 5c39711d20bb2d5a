import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { authority } from '../../local/http/certs';
import { choosePorts, defaultPorts, type ServiceName } from '../../local/supervisor/freePorts';
import { type Keeper, keeper } from '../../local/supervisor/keeper';
import { layoutOf } from '../../local/supervisor/layout';
import { endOrphans } from '../../local/supervisor/orphans';
import { secretsOf } from '../../local/supervisor/secrets';
import type { Service } from '../../local/supervisor/service';
import { services } from '../../local/supervisor/services';
import type { Stack } from '../../local/supervisor/stack';
import { trust } from '../../tests/support/trust';
import { tidemarkOn } from './tidemark';

/** Some services of the local Azure as processes of their own, built and started as the supervisor does it. */
export interface Started {
  readonly stack: Stack;
  /** Process number of a service. */
  pid(name: ServiceName): number;
  stop(): Promise<void>;
}

/**
 * Starts services in the order of `names` in a state directory, and trusts their authority.
 * @param change what a benchmark wants of a service beyond what the supervisor asks
 */
export async function startServices(
  state: string,
  names: readonly ServiceName[],
  change: (service: Service, stack: Stack) => Service = (service) => service,
): Promise<Started> {
  // The launcher builds what is out of date, whatever it is asked.
  await tidemarkOn(state)('--help');
  await mkdir(state, { recursive: true, mode: 0o700 });
  trust(await readFile((await authority(join(state, 'tls'))).caPath, 'utf8'));
  const layout = layoutOf({ TIDEMARK_STATE: state });
  await endOrphans(layout);
  const stack: Stack = { layout, ports: await choosePorts(defaultPorts), secrets: await secretsOf(layout.secrets) };
  const known = services(stack);
  const keepers = new Map<ServiceName, Keeper>();
  const stop = async () => {
    await Promise.all([...keepers.values()].map((one) => one.stop()));
  };
  try {
    for (const name of names) {
      const service = known.find((one) => one.name === name);
      if (service === undefined) throw new Error(`the local Azure has no service ${name}`);
      const kept = keeper(change(service, stack), { ...layout, changed: () => undefined });
      keepers.set(name, kept);
      await kept.start();
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    stack,
    pid(name) {
      const process = keepers.get(name)?.process;
      if (!process) throw new Error(`${name} does not run`);
      return process.pid;
    },
    stop,
  };
}
