import type { SchemaDiff } from '../../../../shared/contracts/schema';
import { type Column, Table } from '../../parts/Table';

const COLUMNS: Column<SchemaDiff['changes'][number]>[] = [
  { title: 'Column', head: true, cell: ({ column }) => column },
  { title: 'Change', cell: ({ kind }) => kind },
  { title: 'Before', look: 'mono wrap', cell: ({ before }) => before },
  { title: 'After', look: 'mono wrap', cell: ({ after }) => after },
  { title: 'Policy', cell: ({ policy }) => policy },
  { title: 'What to do', look: 'wrap', cell: ({ next }) => next },
];

/** What a parked window found its source's columns to be, against what they were. */
export const SchemaTable = ({ diff }: { diff: SchemaDiff }) => (
  <section class="card">
    <h2>Changed columns</h2>
    <Table rows={diff.changes} columns={COLUMNS} keyOf={({ column }) => column} />
  </section>
);
