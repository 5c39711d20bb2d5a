import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { authority } from '../http/certs';
import { type Served, serve } from '../http/serve';
import { catalogue, RUN_HERE, typeOf } from './catalogue';
import type { ApiOptions } from './durable/api/api';
import { durableApi } from './durable/api/api';
import { clientInput } from './durable/api/urls';
import { Engine } from './durable/engine';
import { TaskHub } from './durable/taskHub';
import { Gate } from './http/gate';
import { completeKeys } from './http/keys';
import { router } from './http/router';
import { routeTable } from './http/routeTable';
import { servePlain } from './http/servePlain';
import { type InvokeOptions, invoker } from './invoke';
import { applyLocalSettings } from './load/appSettings';
import { readHostJson, timeSpan } from './load/hostJson';
import { loadApp } from './load/loadApp';
import { type Log, logger } from './log/logger';
import { runTriggered } from './runTriggered';
import { Timer } from './timer/timer';

export interface HostOptions {
  /** Directory of the built app: package.json, host.json and what they name. */
  readonly app: string;
  /** State root; the host keeps its files in `<state>/host`. */
  readonly state: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly requireKeys?: boolean;
  /** Size in bytes from which a start rewrites the journal. */
  readonly compactAbove?: number;
  /** Takes the log, one JSON line at a time. */
  write(line: string): void;
  /** Called when the journal can no longer be written; the process has to end. */
  onFatal(error: Error): void;
}

export interface Host extends Served {
  readonly engine: Engine;
  /** Loopback base of the durable API, ends in `/`. */
  readonly rpcBaseUrl: string;
  /** Stops taking requests, lets what runs finish for up to `graceMs`, flushes and closes. */
  stop(graceMs?: number): Promise<void>;
}

/** Loads an app and runs it: HTTP, timers, Event Grid, and the durable task hub of the state directory. */
export async function startHost(options: HostOptions): Promise<Host> {
  applyLocalSettings(options.app, process.env);
  const settings = readHostJson(options.app, process.env);
  const log = logger(settings.logging.logLevel, options.write);
  const [gate, rpcGate] = [new Gate(), new Gate()];
  const served = await serve(gate.handler, options.port, await authority(join(options.state, 'tls')));
  const rpc = await servePlain(rpcGate.handler);
  try {
    return await openHost(options, settings, log, { gate, rpcGate, served, rpc });
  } catch (error) {
    await Promise.all([served.close(), rpc.close()]);
    throw error;
  }
}

interface Doors {
  readonly gate: Gate;
  readonly rpcGate: Gate;
  readonly served: Served;
  readonly rpc: Served;
}

async function openHost(
  options: HostOptions,
  settings: ReturnType<typeof readHostJson>,
  log: Log,
  doors: Doors,
): Promise<Host> {
  const { gate, rpcGate, served, rpc } = doors;
  // Without it the client library points every management URL to port 7071.
  process.env['WEBSITE_HOSTNAME'] = new URL(served.url).host.replace('127.0.0.1', 'localhost');
  process.env['FUNCTIONS_WORKER_RUNTIME'] ??= 'node';
  process.env['AZURE_FUNCTIONS_ENVIRONMENT'] ??= 'Development';
  const app = await loadApp(options.app);
  app.core.systemLog = (level, _, message) => log(level, 'Worker', message);
  const functions = catalogue(app.functions.values(), process.env);
  for (const called of functions.all.filter((one) => !RUN_HERE.includes(typeOf(one)))) {
    log(
      'warning',
      'Host.Startup',
      `${called.metadata.name}: a ${typeOf(called)} is not imitated by the local host; run it by hand`,
    );
  }
  const durable = settings.extensions.durableTask;
  const hub = new TaskHub({
    directory: join(options.state, 'host', durable.hubName),
    onFatal: options.onFatal,
    warn: (message) => log('warning', 'Host.Store', message),
    ...(options.compactAbove === undefined ? {} : { compactAbove: options.compactAbove }),
  });
  const names = functions.all.map(({ metadata }) => metadata.name);
  const keys = completeKeys(hub.state.values.get('keys'), names, ['durabletask_extension', 'eventgrid_extension']);
  await hub.commit({ t: 'value', key: 'keys', value: keys });
  const place = {
    base: `${served.url}/runtime/webhooks/durabletask`,
    hubName: durable.hubName,
    key: keys.systems['durabletask_extension'] ?? '',
    rpcBaseUrl: `${rpc.url}/durabletask/`,
  };
  const invokeOptions: InvokeOptions = {
    app,
    log,
    durableClient: () => clientInput(place),
    timeoutMs: timeSpan(settings.functionTimeout),
  };
  const invoke = invoker(invokeOptions);
  const engine = new Engine({
    hub,
    invoke,
    log,
    activitySlots: durable.maxConcurrentActivityFunctions,
    orchestratorSlots: durable.maxConcurrentOrchestratorFunctions,
    defaultVersion: durable.defaultVersion,
    find: (kind, name) => functions.find(kind === 'activity' ? 'activitytrigger' : 'orchestrationtrigger', name),
  });
  let state: 'Running' | 'Draining' | 'Drained' = 'Running';
  const run = runTriggered(invoke, log, () => state !== 'Running');
  const timers = functions.ofType('timertrigger').map(
    (called) =>
      new Timer(called, {
        load: (name) => hub.state.values.get(`timer ${name}`),
        save: (name, value) => hub.commit({ t: 'value', key: `timer ${name}`, value }),
        run: (timer, json) => run(timer, { json }).catch(() => undefined),
      }),
  );
  const api: ApiOptions = {
    engine,
    place,
    defaultVersion: durable.defaultVersion,
    replaceRunning: durable.overridableExistingInstanceStates === 'AnyState',
  };
  const quiesce = async (): Promise<void> => {
    if (state !== 'Running') return;
    state = 'Draining';
    await Promise.all([engine.stop(), ...timers.map((timer) => timer.stop()), gate.empty(), rpcGate.empty()]);
    state = 'Drained';
  };
  const route = router({
    routes: routeTable(functions.all, settings.extensions.http.routePrefix),
    invoke,
    log,
    streamTo: app.streamTo,
    keys: options.requireKeys === true ? keys : undefined,
    durable: api,
    eventGrid: {
      find: (name) => functions.find('eventgridtrigger', name),
      run: (called, string) => run(called, { string }, { data: { string } }),
    },
    admin: {
      catalogue: functions,
      timers,
      run,
      track: (work) => gate.track(work),
      state: () => state,
      drain: () => void quiesce(),
    },
  });
  engine.start();
  for (const timer of timers) await timer.start();
  gate.open(route);
  rpcGate.open((request) => durableApi(request, new URL(request.url).pathname.replace(/^\/durabletask\//, ''), api));
  return {
    url: served.url,
    rpcBaseUrl: place.rpcBaseUrl,
    engine,
    close: () => served.close(),
    stop: async (graceMs = 10_000) => {
      gate.close();
      const limit = new AbortController();
      await Promise.race([
        quiesce().finally(() => limit.abort()),
        pause(graceMs, undefined, { signal: limit.signal }).catch(() => undefined),
      ]);
      await app.core.hooks.run('appTerminate', {
        hookData: app.core.hooks.lifeData,
        appHookData: app.core.hooks.appData,
      });
      await hub.close();
      await Promise.all([served.close(), rpc.close()]);
    },
  };
}
