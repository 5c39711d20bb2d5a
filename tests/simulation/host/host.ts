import type { InvocationContext } from '@azure/functions';
import type { DurableClient } from 'durable-functions';
import type { Implemented } from '../../../activities/implement';
import type { Surroundings } from '../../../activities/surroundings';
import { instances } from '../../../functions/instances';
import type { Services } from '../../../functions/services';
import { start } from '../../../functions/start';
import { erasure, maintenance } from '../../../functions/upkeep';
import type { Clock } from '../../../local/host/durable/clock';
import { Engine } from '../../../local/host/durable/engine';
import type { Instance } from '../../../local/host/durable/model';
import type { Ports } from '../../../shared/ports/ports';
import { clientOf } from './client';
import { type Cross, crossing } from './crossing';
import type { Disks } from './disks';
import { journaledHub } from './hub';
import { functionsOf, type Orchestrations } from './invoke';
import { portsOver } from './ports';

/** The app as it is composed: what main.ts would register. */
export interface App {
  readonly orchestrations: Orchestrations;
  readonly activities: readonly Implemented[];
  /** Ports as an activity or a trigger is given them; tests put their planted faults around them. */
  readonly ports: (ports: Ports, run: string) => Ports;
}

export interface Host {
  /** Runs a trigger: it may fail, or never end when the host dies under it. */
  trigger(run: (services: Services, context: InvocationContext) => Promise<unknown>): Promise<boolean>;
  /** Everything in memory is gone; a new host starts in a moment. */
  crash(): void;
  readonly instances: () => readonly Instance[];
  readonly crashes: number;
}

const context = { warn: () => undefined, error: () => undefined, log: () => undefined } as unknown as InvocationContext;

/** The local host's engine on virtual time, over the disks of the world; it dies and comes back as often as it must. */
export function hostOver(disks: Disks, app: App, surroundings: Surroundings): Host {
  const { time, random, faults } = disks.outside;
  const byName = new Map(app.activities.map((activity) => [activity.name, activity]));
  let epoch = 0;
  let engine: Engine;
  let cross: Cross;
  let ports: Ports;

  const crash = (): void => {
    epoch += 1;
    time.after(random.whole(500, 5000), boot);
  };
  const boot = (): void => {
    epoch += 1;
    const mine = epoch;
    const alive = (): boolean => mine === epoch;
    const clock: Clock = {
      now: () => new Date(time.now()),
      soon: (job) => void time.after(random.whole(0, 2), () => alive() && job()),
      alarms: () => alarms(alive),
    };
    cross = crossing(disks.outside, { alive, crash });
    const mineOnly = portsOver(disks, cross);
    ports = mineOnly;
    const functions = functionsOf(app.orchestrations, new Set(byName.keys()), async (name, input, instance) => {
      if (faults.strike('host') !== null) {
        crash();
        return new Promise(() => undefined);
      }
      const [run = ''] = instance.split(':');
      const parsed: unknown = input === undefined ? null : JSON.parse(input);
      return JSON.stringify((await byName.get(name)?.handler(app.ports(mineOnly, run), surroundings)(parsed)) ?? null);
    });
    engine = new Engine({
      hub: journaledHub(disks.journal, clock, alive),
      invoke: functions.invoke,
      find: functions.find,
      log: () => undefined,
      activitySlots: 20,
      orchestratorSlots: 20,
      defaultVersion: '1',
      clock,
    });
    engine.start();
  };
  const alarms = (alive: () => boolean) => {
    const set = new Map<string, () => void>();
    const clear = (name: string): void => set.get(name)?.();
    return {
      set(name: string, at: number, ring: () => void) {
        clear(name);
        set.set(
          name,
          time.at(at, () => alive() && ring()),
        );
      },
      clear,
      close: () => undefined,
    };
  };
  boot();

  return {
    crash,
    instances: () => [...engine.hub.state.instances.values()],
    get crashes() {
      return epoch - 1;
    },
    async trigger(run) {
      const own = app.ports(ports, '');
      const client = clientOf(engine, cross, () => new Date(time.now())) as DurableClient;
      const services: Services = {
        ports: own,
        publicUrl: surroundings.publicUrl,
        instances: instances(() => client),
        start: start(own, () => client),
        maintain: maintenance(own, () => client),
        erase: erasure(own, () => client),
        catalog: async () => {
          const catalog = await own.catalogs.current();
          if (catalog) return catalog;
          throw new Error('no catalog');
        },
      };
      try {
        await run(services, context);
        return true;
      } catch {
        return false;
      }
    },
  };
}
