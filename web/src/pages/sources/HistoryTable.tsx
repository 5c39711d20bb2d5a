import type { History } from '../../api/answers';
import { absolute } from '../../format/absolute';
import { type Column, Table } from '../../parts/Table';

type Event = History['events'][number];

const COLUMNS: Column<Event>[] = [
  { title: 'When', look: 'num left', label: '', cell: ({ at }) => absolute(at) },
  { title: 'What', cell: ({ what }) => what },
  { title: 'Run', look: 'mono', cell: ({ run }) => run },
  { title: 'Detail', look: 'wrap', cell: ({ detail }) => detail },
];

/** Who moved what, when and why; newest first as the API lists it. */
export const HistoryTable = ({ events }: { events: History['events'] }) =>
  events.length === 0 ? (
    <p class="quiet">Nothing has happened yet.</p>
  ) : (
    <Table rows={events} columns={COLUMNS} keyOf={({ at, what, detail }) => `${at} ${what} ${detail}`} />
  );
