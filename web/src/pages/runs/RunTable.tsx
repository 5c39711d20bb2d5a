import type { Run } from '../../../../shared/contracts/run';
import { totalsOf } from '../../account/totalsOf';
import { runLook } from '../../looks/look';
import { Ago } from '../../parts/Ago';
import { Badge } from '../../parts/Badge';
import { Count } from '../../parts/Count';
import { RunLink } from '../../parts/RunLink';
import { type Column, Table } from '../../parts/Table';
import { Took } from '../../parts/Took';
import { TriggerText } from '../../parts/TriggerText';

const sourcesOf = (run: Run) =>
  run.upkeep ? [run.upkeep.kind, ...run.upkeep.tables].join(' ') : run.wanted.join(', ');

const rows = (title: string, which: keyof ReturnType<typeof totalsOf>): Column<Run> => ({
  title,
  look: 'num',
  cell: (run) => <Count value={totalsOf(run)[which]} />,
});

const COLUMNS: Column<Run>[] = [
  { title: 'Status', label: '', cell: ({ status }) => <Badge look={runLook[status]} /> },
  { title: 'Run', head: true, cell: ({ run }) => <RunLink run={run} /> },
  { title: 'Started', look: 'num', cell: ({ started }) => <Ago at={started} /> },
  { title: 'Took', look: 'num', cell: ({ started, ended }) => <Took started={started} ended={ended} /> },
  { title: 'Trigger', cell: ({ trigger }) => <TriggerText trigger={trigger} /> },
  {
    title: 'Sources',
    cell: (run) => (
      <span class="clip wide" title={sourcesOf(run)}>
        {sourcesOf(run)}
      </span>
    ),
  },
  rows('Read', 'read'),
  rows('Inserted', 'inserted'),
  rows('Updated', 'updated'),
  rows('Deleted', 'deleted'),
];

/** Runs as rows, newest first. */
export const RunTable = ({ runs }: { runs: readonly Run[] }) => (
  <Table rows={runs} columns={COLUMNS} keyOf={({ run }) => run} name="runs" card />
);
