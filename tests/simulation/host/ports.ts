import { FACTORY, guarded, LAKE, MAIL, NOTEBOOKS, TABLES } from '../../../shared/azure/failure';
import { startOnce } from '../../../shared/azure/startOnce';
import { tablePorts } from '../../../shared/azure/tables/ports';
import type { Table } from '../../../shared/azure/tables/table';
import type { Lake } from '../../../shared/ports/lake';
import type { Ports } from '../../../shared/ports/ports';
import { fakeVault } from '../../fakes/vault';
import { SECRET } from '../world/erased';
import type { Cross } from './crossing';
import type { Disks } from './disks';

/** The ports of the app over the disks and servers of the world: our own adapters wherever they decide something. */
export function portsOver(disks: Disks, cross: Cross): Ports {
  const now = (): Date => new Date(disks.outside.time.now());
  return {
    ...tablePorts((name) => tableOver(disks.table(name), name === 'ledger' ? 'ledger' : 'tables', cross), now),
    lake: lakeOver(disks.outside.lake, cross),
    factory: {
      start: (pipeline, parameters, key) =>
        guarded(FACTORY, `starting ${pipeline}`, () =>
          startOnce(
            pipeline,
            key,
            () => cross('factory.query', () => disks.factory.list(pipeline)),
            () => cross('factory.create', () => disks.factory.create(pipeline, { ...parameters, runKey: key })),
          ),
        ),
      look: (run) => guarded(FACTORY, 'looking', () => cross('factory.get', () => disks.factory.get(run))),
      cancel: async (run) => disks.factory.cancel(run),
    },
    notebooks: {
      start: (notebook, parameters, token) =>
        guarded(NOTEBOOKS, `starting ${notebook}`, () =>
          cross('notebooks.start', () => disks.notebooks.submit(notebook, parameters, token)),
        ),
      look: (run) => guarded(NOTEBOOKS, 'looking', () => cross('notebooks.look', () => disks.notebooks.get(run))),
      cancel: async (run) => disks.notebooks.cancel(run),
    },
    mail: {
      send: (letter, key) => guarded(MAIL, 'sending', () => cross('mail.send', () => disks.mail.send(letter, key))),
    },
    vault: fakeVault({ 'pseudonym-key': SECRET }),
    now,
  };
}

const tableOver = (disk: Table, of: 'ledger' | 'tables', cross: Cross): Table => ({
  get: (...args) => guarded(TABLES, 'reading', () => cross(`${of}.read`, () => disk.get(...args))),
  range: (...args) => guarded(TABLES, 'listing', () => cross(`${of}.read`, () => disk.range(...args))),
  change: (...args) => guarded(TABLES, 'changing', () => cross(`${of}.change`, () => disk.change(...args))),
});

const lakeOver = (disk: Lake, cross: Cross): Lake => ({
  list: (...args) => guarded(LAKE, 'listing', () => cross('lake.list', () => disk.list(...args))),
  read: (...args) => guarded(LAKE, 'reading', () => cross('lake.read', () => disk.read(...args))),
  range: (...args) => guarded(LAKE, 'reading', () => cross('lake.range', () => disk.range(...args))),
  stream: (...args) => guarded(LAKE, 'reading', () => cross('lake.read', () => disk.stream(...args))),
  putOnce: (...args) => guarded(LAKE, 'putting', () => cross('lake.putOnce', () => disk.putOnce(...args))),
  keep: (...args) => guarded(LAKE, 'keeping', () => cross('lake.keep', () => disk.keep(...args))),
  marked: (...args) => guarded(LAKE, 'looking', () => cross('lake.marked', () => disk.marked(...args))),
  move: (...args) => guarded(LAKE, 'moving', () => cross('lake.move', () => disk.move(...args))),
  remove: (...args) => guarded(LAKE, 'removing', () => cross('lake.remove', () => disk.remove(...args))),
});
