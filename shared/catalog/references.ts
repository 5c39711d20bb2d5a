import type { Catalog, Schedule, Table } from '../contracts/catalog';
import { inOrder } from '../gold/order';
import { cronFault } from '../schedules/ticks';
import { declaresDeletes } from './lookup';
import type { PathFault } from './parse';

type Content = Omit<Catalog, 'version'>;
type Named = { name: string };

/** Every reference between the parts of a catalog that leads nowhere, and every name or table that two parts claim. */
export function referenceFaults(catalog: Content): PathFault[] {
  return [
    ...doubled(catalog, 'connections'),
    ...doubled(catalog, 'sources'),
    ...doubled(catalog, 'tables'),
    ...doubled(catalog, 'datasets'),
    ...doubled(catalog, 'schedules'),
    ...catalog.sources.flatMap((_, at) => sourceFaults(catalog, at)),
    ...catalog.tables.flatMap((_, at) => tableFaults(catalog, at)),
    ...catalog.datasets.flatMap((_, at) => datasetFaults(catalog, at)),
    ...circleFaults(catalog),
    ...catalog.schedules.flatMap((_, at) => scheduleFaults(catalog, at)),
    ...(catalog.maintenance.schedule ? clockFaults(catalog.maintenance.schedule, ['maintenance', 'schedule']) : []),
  ];
}

const fault = (path: PathFault['path'], what: string, cure: string): PathFault => ({ path, what, cure });

const named = <T extends Named>(list: readonly T[], name: string): T | undefined =>
  list.find((item) => item.name === name);

const columnFault = (table: Table, column: string, path: PathFault['path']): PathFault[] =>
  named(table.columns, column)
    ? []
    : [
        fault(
          path,
          `column ${column} is unknown in table ${table.name}`,
          `Declare it, or name one of: ${table.columns.map(({ name }) => name).join(', ')}.`,
        ),
      ];

const missing = (kind: string, name: string, list: readonly Named[], path: PathFault['path']): PathFault[] =>
  named(list, name)
    ? []
    : [
        fault(
          path,
          `${kind} ${name} is unknown`,
          `Declare it, or name one of: ${list.map((item) => item.name).join(', ') || 'none yet'}.`,
        ),
      ];

function doubled(catalog: Content, part: 'connections' | 'sources' | 'tables' | 'datasets' | 'schedules'): PathFault[] {
  const list: readonly Named[] = catalog[part];
  return list.flatMap(({ name }, at) =>
    list.findIndex((other) => other.name === name) < at
      ? [fault([part, at, 'name'], `${part}: ${name} is declared twice`, 'Rename or remove one of them.')]
      : [],
  );
}

function sourceFaults(catalog: Content, at: number): PathFault[] {
  const source = catalog.sources[at];
  if (!source) return [];
  const faults = missing('table', source.table, catalog.tables, ['sources', at, 'table']);
  const writer = catalog.sources.findIndex(({ table }) => table === source.table);
  if (writer < at) {
    faults.push(
      fault(
        ['sources', at, 'table'],
        `table ${source.table} has two writers: ${catalog.sources[writer]?.name} and ${source.name}`,
        'Give each source a table of its own.',
      ),
    );
  }
  if (source.kind === 'blob') return faults;
  const connection = named(catalog.connections, source.connection);
  faults.push(...missing('connection', source.connection, catalog.connections, ['sources', at, 'connection']));
  if (connection && connection.kind !== source.kind) {
    faults.push(
      fault(
        ['sources', at, 'connection'],
        `connection ${connection.name} is of kind ${connection.kind}`,
        `Name one of kind ${source.kind}.`,
      ),
    );
  }
  const table = named(catalog.tables, source.table);
  if (source.kind === 'mysql' && source.cursor && table) {
    const { column, tieBreaker } = source.cursor;
    faults.push(...columnFault(table, column, ['sources', at, 'cursor', 'column']));
    if (tieBreaker) faults.push(...columnFault(table, tieBreaker, ['sources', at, 'cursor', 'tieBreaker']));
  }
  if (source.kind === 'mysql' && source.deletes && table?.replace) {
    const cure = 'Take deletes away: each window is the whole table, so what is gone goes by itself.';
    faults.push(fault(['sources', at, 'deletes'], `table ${table.name} is replaced`, cure));
  }
  if (source.kind === 'mysql' && !source.cursor && source.windows.maxRows !== null) {
    const cure = 'Name its cursor, or take maxRows away: a table without one is read whole, in one window.';
    faults.push(fault(['sources', at, 'windows', 'maxRows'], 'maxRows needs a cursor', cure));
  }
  return faults;
}

function tableFaults({ tables }: Content, at: number): PathFault[] {
  const table = tables[at];
  if (!table) return [];
  return [
    ...table.key.flatMap((column, i) => columnFault(table, column, ['tables', at, 'key', i])),
    ...table.order.flatMap(({ column }, i) => columnFault(table, column, ['tables', at, 'order', i, 'column'])),
    ...table.layout.columns.flatMap((column, i) => columnFault(table, column, ['tables', at, 'layout', 'columns', i])),
    ...(table.deleted ? columnFault(table, table.deleted.column, ['tables', at, 'deleted', 'column']) : []),
  ];
}

/** Datasets of which none can be the first one. */
function circleFaults({ datasets }: Content): PathFault[] {
  const names = inOrder(datasets).circle.map(({ name }) => name);
  if (names.length === 0) return [];
  const at = datasets.findIndex(({ name }) => names.includes(name));
  const cure = 'Take one of these needs away: none of the datasets can be published before the others.';
  return [fault(['datasets', at, 'needs'], `datasets need each other in a circle: ${names.join(', ')}`, cure)];
}

function datasetFaults(catalog: Content, at: number): PathFault[] {
  const dataset = catalog.datasets[at];
  if (!dataset) return [];
  const faults = dataset.inputs.flatMap((input, i) =>
    missing('table', input, catalog.tables, ['datasets', at, 'inputs', i]),
  );
  faults.push(
    ...dataset.needs.flatMap((name, i) => missing('dataset', name, catalog.datasets, ['datasets', at, 'needs', i])),
  );
  if (!dataset.reconcile) return faults;
  const path = ['datasets', at, 'reconcile', 'with'];
  const partner = named(catalog.sources, dataset.reconcile.with);
  const table = partner && named(catalog.tables, partner.table);
  return [
    ...faults,
    ...missing('source', dataset.reconcile.with, catalog.sources, path),
    ...(table ? dataset.reconcile.key.flatMap((column) => columnFault(table, column, path)) : []),
  ];
}

function clockFaults(clock: { cron: string; zone: string }, path: PathFault['path']): PathFault[] {
  const cron = cronFault(clock);
  return cron
    ? [
        fault(
          [...path, 'cron'],
          `cron ${clock.cron} in ${clock.zone}: ${cron}`,
          'Six fields (second first) or five, and an IANA zone.',
        ),
      ]
    : [];
}

function scheduleFaults(catalog: Content, at: number): PathFault[] {
  const schedule = catalog.schedules[at];
  if (!schedule) return [];
  return [
    ...clockFaults(schedule, ['schedules', at]),
    ...undeclared(catalog, schedule, at),
    ...(schedule.sources === 'all'
      ? []
      : schedule.sources.flatMap((name, i) =>
          missing('source', name, catalog.sources, ['schedules', at, 'sources', i]),
        )),
  ];
}

/** A schedule that compares keys of sources of which none says how. */
function undeclared({ sources }: Content, schedule: Schedule, at: number): PathFault[] {
  const concerned = sources.filter(({ name }) => schedule.sources === 'all' || schedule.sources.includes(name));
  if (!schedule.deletes || concerned.some(declaresDeletes)) return [];
  const cure = 'Add `deletes: {}` to a source of it, or take deletes away here.';
  return [fault(['schedules', at, 'deletes'], `no source of schedule ${schedule.name} declares deletes`, cure)];
}
