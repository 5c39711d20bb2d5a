import type { Step } from '../../../shared/contracts/run';
import { absolute } from '../format/absolute';
import { count } from '../format/count';
import { stepLook } from '../looks/look';
import { Badge } from '../parts/Badge';
import { type Column, Table } from '../parts/Table';
import { Took } from '../parts/Took';

const rows = (value: string | null) => (value === null ? '' : count(value));

const COLUMNS: Column<Step>[] = [
  { title: 'Step', head: true, cell: ({ id }) => id },
  { title: 'Status', cell: ({ status }) => <Badge look={stepLook[status]} /> },
  { title: 'Started', cell: ({ started }) => absolute(started) },
  { title: 'Took', look: 'num', cell: ({ started, ended }) => <Took started={started} ended={ended} /> },
  { title: 'Rows in', look: 'num', cell: ({ rowsIn }) => rows(rowsIn) },
  { title: 'Rows out', look: 'num', cell: ({ rowsOut }) => rows(rowsOut) },
  { title: 'External run', look: 'mono', cell: ({ external }) => external },
  { title: 'Detail', cell: ({ problem, detail }) => (problem === null ? detail : `${problem.code}: ${problem.why}`) },
];

/** The same steps as text, for screen readers and for copying. */
export const StepTable = ({ steps }: { steps: readonly Step[] }) => (
  <details class="fold">
    <summary>Steps as a table ({steps.length})</summary>
    <Table rows={steps} columns={COLUMNS} keyOf={({ id }) => id} />
  </details>
);
