import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { takeLock } from '../disk/lock';
import { listenForCommands } from './control';
import { choosePorts, portsIn, portsOf, type ServiceName } from './freePorts';
import { type Keeper, keeper } from './keeper';
import { layoutOf } from './layout';
import { endOrphans } from './orphans';
import { type Identity, identify } from './processes';
import { provision } from './provision/provision';
import { type Record, readRecord, writeRecord } from './record';
import { secretsOf } from './secrets';
import { services } from './services';
import { addressOf, type Stack } from './stack';
import { writeConnection } from './writeConnection';

const later = <R>(run: () => R) => new Promise<R>((resolve) => setImmediate(() => resolve(run())));

/** Runs the local Azure until it is told to stop. One supervisor a state directory. */
export async function supervise(): Promise<void> {
  const layout = layoutOf(process.env);
  await mkdir(layout.state, { recursive: true, mode: 0o700 });
  const holder = takeLock(layout.lock);
  if (holder !== null) throw new Error(`a supervisor runs already (process ${holder.pid}): use ./tidemark status`);
  await endOrphans(layout);

  const before = await readRecord(layout.record).catch(() => undefined);
  const wanted = portsIn(before?.services ?? [], portsOf(process.env['TIDEMARK_FIRST_PORT']));
  const stack: Stack = { layout, ports: await choosePorts(wanted), secrets: await secretsOf(layout.secrets) };
  const progress: Pick<Record, 'phase' | 'doing' | 'control'> = { phase: 'starting', doing: 'starting', control: '' };
  const me = identify(process.pid) as Identity;
  const keepers: Keeper[] = [];
  const changed = () =>
    writeRecord(layout.record, { ...progress, supervisor: me, services: keepers.map((one) => describe(stack, one)) });
  const enter = (phase: Record['phase'], doing: string) => {
    // A failure stays told, whatever the steps that still run may say; only the way down leads out of it.
    if (progress.phase !== 'starting' && phase !== 'stopping') return;
    Object.assign(progress, { phase, doing });
    changed();
  };
  for (const service of services(stack)) keepers.push(keeper(service, { ...layout, changed }));
  const named = (name: string) => {
    const found = keepers.find(({ service }) => service.name === name);
    if (found === undefined) throw new Error(`there is no service ${name}; ./tidemark status lists them`);
    return found;
  };

  const down = async () => {
    enter('stopping', 'stopping');
    // The host first: nothing new is begun while the services under it go.
    await named('host').stop();
    await Promise.all(keepers.map((one) => one.stop()));
    for (const file of [layout.record, layout.connection, layout.lock]) rmSync(file, { force: true });
  };
  const end = () => void down().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  progress.control = await listenForCommands(stack.secrets.controlToken, {
    start: async (name) => named(name).start(),
    stop: async (name) => named(name).stop(),
    down: async () => {
      await down();
      setTimeout(() => process.exit(0), 50);
    },
  });
  changed();

  try {
    await Promise.all([
      startAll(keepers),
      provision(
        stack,
        (name) => healthy(named(name)),
        (doing) => enter('starting', doing),
      ),
    ]);
    await writeConnection(stack);
    enter('ready', '');
  } catch (error) {
    enter('failed', error instanceof Error ? error.message : String(error));
  }
}

/** Starts everything at once; a service that needs others waits for their health. */
async function startAll(keepers: readonly Keeper[]): Promise<void> {
  const started = new Map<ServiceName, Promise<void>>();
  const start = (one: Keeper): Promise<void> => {
    const known = started.get(one.service.name);
    if (known !== undefined) return known;
    const needs = keepers.filter(({ service }) => one.service.after.includes(service.name));
    const promise = later(() => Promise.all(needs.map(start))).then(() => one.start());
    started.set(one.service.name, promise);
    return promise;
  };
  await Promise.all(keepers.map(start));
}

async function healthy(one: Keeper): Promise<void> {
  while (one.state !== 'healthy') await new Promise((resolve) => setTimeout(resolve, 40));
}

const describe = (stack: Stack, { service, state, process, restarts }: Keeper) => ({
  name: service.name,
  state,
  port: stack.ports[service.name],
  url: addressOf(stack, service.name),
  process,
  restarts,
});
