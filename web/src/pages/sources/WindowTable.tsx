import type { Window } from '../../../../shared/contracts/window';
import { count } from '../../format/count';
import { windowLook } from '../../looks/look';
import { Ago } from '../../parts/Ago';
import { Badge } from '../../parts/Badge';
import { Bounds } from '../../parts/Bounds';
import { Promised } from '../../parts/Promised';
import { RunLink } from '../../parts/RunLink';
import { type Column, Table } from '../../parts/Table';

function Span({ window }: { window: Window }) {
  if (window.mode === 'files') return <span>{window.files.map((file) => file.name).join(', ')}</span>;
  if (window.mode === 'snapshot') return <span class="quiet">whole table</span>;
  return (
    <>
      <Bounds lower={window.lower} upper={window.upper} /> <Promised guarantee={window.reading?.guarantee} />
    </>
  );
}

type Outcome = 'merged' | 'duplicates' | 'quarantined' | 'erased' | 'unchanged';

const shown = (value: string | null | undefined) => (value ? count(value) : '');
const account = (title: string, which: 'counted' | 'read' | 'rejected' | 'landed'): Column<Window> => ({
  title,
  look: 'num',
  cell: (window) => shown(window.account?.[which]),
});
const outcome = (title: string, which: Outcome): Column<Window> => ({
  title,
  look: 'num',
  cell: (window) => shown(window.outcome?.[which]),
});

const COLUMNS: Column<Window>[] = [
  { title: 'Window', head: true, cell: ({ number }) => `#${number}` },
  { title: 'State', cell: ({ state }) => <Badge look={windowLook[state]} /> },
  { title: 'From and to', cell: (window) => <Span window={window} /> },
  account('Counted', 'counted'),
  account('Read', 'read'),
  account('Rejected', 'rejected'),
  account('Landed', 'landed'),
  outcome('Merged', 'merged'),
  outcome('Duplicates', 'duplicates'),
  outcome('Quarantined', 'quarantined'),
  outcome('Erased', 'erased'),
  outcome('Unchanged', 'unchanged'),
  { title: 'Attempt', look: 'num', cell: ({ attempt }) => attempt },
  { title: 'Run', cell: ({ run }) => <RunLink run={run} /> },
  { title: 'Changed', look: 'num', cell: ({ changed }) => <Ago at={changed} /> },
];

/** Windows of a source, newest first: read = rejected + landed, landed = merged + duplicates + quarantined + erased. */
export const WindowTable = ({ windows }: { windows: readonly Window[] }) =>
  windows.length === 0 ? (
    <p class="quiet">No window was planned yet.</p>
  ) : (
    <Table rows={windows} columns={COLUMNS} keyOf={({ number }) => number} />
  );
