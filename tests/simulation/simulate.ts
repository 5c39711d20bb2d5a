import { activities } from '../../activities/all';
import { heartbeat } from '../../functions/triggers/heartbeat';
import { type Instance, isFinished } from '../../local/host/durable/model';
import { orchestrations } from '../../orchestrators/all';
import { tableCatalogs } from '../../shared/azure/tables/catalogs';
import type { Table } from '../../shared/azure/tables/table';
import { fakeTable } from '../fakes/table';
import { checkErased, erasedBy, watchedRuns } from './checks/erased';
import { findings, type Violation } from './checks/findings';
import { watchedForms, watchedPlaces } from './checks/forms';
import { watchedBronze } from './checks/lake';
import { watchedLedger } from './checks/ledger';
import { checkLine } from './checks/line';
import { checkContents, checkEnds } from './checks/quiet';
import { runsOf } from './checks/runs';
import { type Disks, disksOf } from './host/disks';
import { type App, hostOver } from './host/host';
import { type PlannedTrigger, type Scenario, STORY_SECONDS } from './scenario';
import { shop } from './shop';
import { surroundings } from './surroundings';
import { triggers } from './triggers';
import { database } from './world/database';
import { type Fault, faults } from './world/faults';
import { lakeDisk } from './world/lake';
import type { Outside, Slip, Upper } from './world/outside';
import { random } from './world/random';
import { silver } from './world/silver';
import { type Time, virtualTime } from './world/time';

/** What a test changes of the app or of its world: how it shows that the checks bite. */
export interface Twist {
  readonly app?: Partial<App>;
  readonly upper?: Upper;
  readonly slip?: Slip;
  /** Go wrong in every story, besides its own. */
  readonly faults?: readonly Fault[];
  /** Puts of the app write over what is there. */
  readonly manifests?: 'writable';
  /** Around every metadata table. */
  readonly table?: (table: Table) => Table;
}

export interface Played {
  readonly violations: readonly Violation[];
  readonly struck: readonly Fault[];
  readonly crashes: number;
  readonly runs: number;
  readonly instances: readonly Instance[];
  /** Virtual milliseconds. */
  readonly took: number;
}

const BEAT_MS = 60_000;
const HOUR_MS = 3_600_000;
/** How long a stalled run may lie before the heartbeat must have found it. */
const PATIENCE_MINUTES = 90;
const START = Date.UTC(2026, 0, 1, 0, 0, 30);

/** Plays a story from the first row to the last letter and says which promises it broke. */
export async function simulate(scenario: Scenario, twist: Twist = {}): Promise<Played> {
  const time = virtualTime(START);
  const found = findings();
  const outside = outsideOf(scenario, time, found, twist);
  const disks = disksOf(outside, tables(outside, found, twist));
  await furnish(disks);
  const app: App = { orchestrations, activities, ports: (ports) => ports, ...twist.app };
  const host = hostOver(disks, app, surroundings);
  outside.callBack.tell = (instance, run) =>
    void host.trigger((services, context) => services.instances(context).tellEnded(instance, run));
  const accepted = new Set<string>();
  const trigger = triggers(disks, host, accepted);

  for (const write of scenario.writes) {
    time.after(write.at * 1000, () => {
      const commit = outside.shop.begin({ table: 'users', ...write });
      if (commit) time.after(write.open * 1000, commit);
    });
  }
  for (const planned of scenario.triggers) time.after(planned.at * 1000, () => void trigger(planned));
  const beat = (): void => {
    void host.trigger((services, context) => heartbeat(services)(null, context));
    time.after(BEAT_MS, beat);
  };
  beat();
  const idle = (): boolean => host.instances().every(isFinished);

  const story = START + (STORY_SECONDS + 60) * 1000;
  await time.run(() => false, story);
  await time.run(idle, story + 4 * HOUR_MS);
  outside.faults.stop();
  // The last word: everything by hand, which also tries again what was parked, erases whom a fault has left and finds
  // what is gone, until the pipeline has caught up.
  const byHand = async (planned: PlannedTrigger): Promise<boolean> => {
    const from = time.now();
    await time.run(() => false, from + 10_000);
    void trigger(planned);
    await time.run(() => false, from + 20_000);
    return time.run(idle, from + 4 * HOUR_MS);
  };
  for (let round = 0; round < 3; round += 1) {
    for (const id of await notErased(disks)) await byHand({ at: 0, kind: 'erase', id });
    if (scenario.writes.some(({ gone }) => gone)) await byHand({ at: 0, kind: 'deletes' });
    if (!(await byHand({ at: 0, kind: 'http' })) || (await caughtUp(disks))) break;
    if (round === 2) found.broken('C5', 'three runs in a row do not bring it back');
  }
  for (let minute = 0; minute < PATIENCE_MINUTES; minute += 1) {
    // Ticks go on: quiet is a moment between two of them, when what the last one began has ended.
    if ((await time.run(idle, time.now() + BEAT_MS)) && (await quiet(disks))) break;
    await time.run(() => false, time.now() + BEAT_MS);
  }
  await checkContents(disks, found);
  await checkErased('E2', outside.erasures, outside, found);
  await checkEnds(disks, accepted, host.instances(), found);
  await checkLine(disks, outside.faults.struck, found);
  return {
    violations: found.violations,
    struck: outside.faults.struck,
    crashes: host.crashes,
    runs: accepted.size,
    took: time.now() - START,
    instances: host.instances(),
  };
}

/** Whom an erasure was asked for, and none has come through. */
async function notErased(disks: Disks): Promise<string[]> {
  const done = new Set((await runsOf(disks)).map(erasedBy));
  return [...disks.outside.erasures].filter((id) => !done.has(id));
}

/** Whether every run is closed in the record, and every letter sent. */
async function quiet({ table }: Disks): Promise<boolean> {
  const waiting = await table('outbox').range('outbox', 'pending:', 'pending:~', 1);
  const open = (await runsOf({ table })).some(({ status }) => status === 'Queued' || status === 'Running');
  return !open && waiting.length === 0;
}

/** Whether the newest run by hand did all that it was asked to, and nobody is left to be erased. */
async function caughtUp(disks: Disks): Promise<boolean> {
  const byHand = (await runsOf(disks)).find(({ trigger, upkeep }) => trigger.kind === 'http' && !upkeep);
  return byHand?.status === 'Succeeded' && (await notErased(disks)).length === 0;
}

function outsideOf(
  { chance, tick, faults: planned }: Scenario,
  time: Time,
  found: ReturnType<typeof findings>,
  twist: Twist,
): Outside {
  const now = (): Date => new Date(time.now());
  return {
    time,
    random: random(chance),
    faults: faults([...(twist.faults ?? []), ...planned]),
    lake: watchedPlaces(lakeDisk(now, watchedBronze(found), twist.manifests === 'writable'), found),
    shop: database(time.now, tick),
    silver: silver(),
    gold: new Map(),
    upper: twist.upper ?? 'stable',
    slip: twist.slip ?? null,
    erasures: new Set(),
    callBack: { tell: () => undefined },
  };
}

/** The metadata tables, the ledger under the eyes of its checker. */
function tables(outside: Outside, found: ReturnType<typeof findings>, twist: Twist): Disks['table'] {
  const tableOf = (source: string): string => shop.sources.find(({ name }) => name === source)?.table ?? '';
  const around = twist.table ?? ((table: Table) => table);
  const { silver: held, time } = outside;
  const made = new Map<string, Table>([
    ['ledger', around(watchedLedger(fakeTable(), found, held, tableOf, time.now))],
    ['publications', around(watchedForms(fakeTable(), found))],
    ['runs', around(watchedRuns(fakeTable(), outside, found))],
  ]);
  return (name) => {
    const table = made.get(name) ?? around(fakeTable());
    made.set(name, table);
    return table;
  };
}

/** The shop before the story: some rows, one of them without a cursor, a published catalog, a schedule that has begun. */
async function furnish({ outside, table }: Disks): Promise<void> {
  const catalogs = tableCatalogs(table('catalogs'), () => new Date(START));
  await catalogs.publish(shop, 'test');
  for (const { name } of shop.schedules) await catalogs.serveTick(name, new Date(START - BEAT_MS).toISOString());
  outside.shop.seed(
    'users',
    [
      { id: '-1', value: 'old' },
      { id: '2', value: 'old' },
    ],
    false,
  );
  outside.shop.seed('users', [{ id: '3', value: 'old' }], true);
}
