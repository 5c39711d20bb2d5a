import type { PartReport } from '../../../../shared/contracts/run';
import { partLook } from '../../looks/look';
import { Badge } from '../../parts/Badge';
import { type Column, Table } from '../../parts/Table';

const COLUMNS: Column<PartReport>[] = [
  { title: 'Part', head: true, cell: ({ part }) => part },
  { title: 'Outcome', cell: ({ outcome }) => <Badge look={partLook[outcome]} /> },
  { title: 'Detail', look: 'wrap', cell: ({ detail }) => detail },
];

/** What a run that moves no source did, part by part. */
export const UpkeepTable = ({ parts }: { parts: readonly PartReport[] }) => (
  <section class="card">
    <h2>Parts</h2>
    <Table rows={parts} columns={COLUMNS} keyOf={({ part }) => part} />
  </section>
);
