import { expect, test } from 'vitest';
import { orchestrations } from '../../orchestrators/all';
import type { Orchestration } from '../../orchestrators/call';
import type { Table } from '../../shared/azure/tables/table';
import type { Invariant } from './checks/findings';
import { firstBroken } from './ring';
import type { Twist } from './simulate';
import { lostAt, ports } from './twists';

const blindWrites = (table: Table): Table => ({
  ...table,
  change: (partition, changes) =>
    table.change(
      partition,
      changes.map((change) => (change.do === 'replace' ? { ...change, do: 'put' } : change)),
    ),
});

/** An orchestrator that does not do the same thing twice. */
function fickle(): Twist {
  let plays = 0;
  const twisted = orchestrations.map((one): Orchestration<unknown, unknown> => {
    if (one.name !== 'medallion') return one;
    return {
      ...one,
      *run(context, input) {
        plays += 1;
        if (plays % 3 === 0) yield context.df.callActivity('sendLetters', null);
        return yield* one.run(context, input);
      },
    };
  });
  return { app: { orchestrations: twisted } };
}

/** A merge that has begun is told as done, with an account that adds up: without one the app refuses it by itself. */
function hasty(): Twist {
  const begun = new Map<string, string>();
  return ports(({ notebooks, lake }) => ({
    notebooks: {
      ...notebooks,
      async start(notebook, parameters, token) {
        const run = await notebooks.start(notebook, parameters, token);
        const manifest =
          notebook === 'silver/apply_window' && (await lake.read('bronze', parameters['manifest'] ?? ''));
        if (manifest) begun.set(run, JSON.parse(Buffer.from(manifest).toString('utf8')).rows.landed);
        return run;
      },
      async look(run) {
        const landed = begun.get(run);
        if (landed === undefined) return notebooks.look(run);
        const none = { duplicates: '0', quarantined: '0', updated: '0', deleted: '0' };
        const rows = { merged: landed, inserted: landed, ...none };
        return { kind: 'succeeded', output: { kind: 'applied', rows, files: [] } };
      },
    },
  }));
}

const planted: readonly [fault: string, twist: () => Twist, breaks: Invariant[]][] = [
  ['a row is written whatever is there by now', () => ({ table: blindWrites }), ['C3', 'C4']],
  ['a manifest can be written over', () => ({ manifests: 'writable', faults: lostAt('lake.putOnce') }), ['C8']],
  ['a merge counts as done when it has begun', hasty, ['C3']],
  [
    'a run that failed is not closed',
    () =>
      ports(({ runs }) => ({
        runs: { ...runs, put: async (run) => (run.status === 'Failed' ? undefined : runs.put(run)) },
      })),
    ['C5'],
  ],
  [
    'a letter counts as sent before it is',
    () => ports(({ outbox }) => ({ outbox: { ...outbox, pending: async () => [] } })),
    ['C6'],
  ],
  ['an orchestrator depends on chance', fickle, ['C9']],
  [
    'every run waits for itself, whoever waits already',
    () =>
      ports(({ ledger }) => ({
        ledger: {
          ...ledger,
          queue: async (source, run, seconds) => ({ ...(await ledger.queue(source, run, seconds)), run }),
        },
      })),
    ['L1'],
  ],
  [
    'a schedule that skips waits like any other',
    () =>
      ports(({ catalogs }) => ({
        catalogs: {
          ...catalogs,
          async current() {
            const catalog = await catalogs.current();
            const schedules = catalog?.schedules.map((one) => ({ ...one, overlap: 'queue' as const }));
            return catalog && { ...catalog, schedules: schedules ?? [] };
          },
        },
      })),
    ['L1'],
  ],
  [
    'a tick counts as served although its run is not on record',
    () =>
      ports(({ runs }) => ({
        runs: {
          ...runs,
          put: async (run) =>
            run.trigger.kind === 'timer' && run.trigger.schedule === 'skipping' ? undefined : runs.put(run),
        },
      })),
    ['L1'],
  ],
];

test.each(planted)('the ring turns red when %s', async (_fault, twist, breaks) => {
  const broken = await firstBroken(twist(), breaks, 150);
  expect(
    breaks.some((one) => broken.includes(one)),
    `broken: ${broken.join(', ')}`,
  ).toBe(true);
});
