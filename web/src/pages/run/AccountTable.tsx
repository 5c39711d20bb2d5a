import type { Run, SourceReport } from '../../../../shared/contracts/run';
import { sourceLook } from '../../looks/look';
import { Badge } from '../../parts/Badge';
import { Bounds } from '../../parts/Bounds';
import { Count } from '../../parts/Count';
import { Link } from '../../parts/Link';
import { Promised } from '../../parts/Promised';
import { RunLink } from '../../parts/RunLink';
import { type Column, Table } from '../../parts/Table';
import { Counted } from './Counted';
import { Equation } from './Equation';

const windowOf = (report: SourceReport) =>
  report.window !== null && (
    <span class="window">
      <span class="num">#{report.window}</span>{' '}
      {Number(report.windows) > 1 && <span class="quiet">the last of {report.windows}</span>}{' '}
      <Bounds lower={report.lower} upper={report.upper} /> <Promised guarantee={report.guarantee} />
    </span>
  );

const columnsOf = (run: string): Column<SourceReport>[] => [
  { title: 'Source', head: true, cell: ({ source }) => <Link to={['sources', source]}>{source}</Link> },
  {
    title: 'Outcome',
    cell: ({ outcome, met }) => (
      <>
        <Badge look={sourceLook[outcome]} /> {met !== null && <RunLink run={met} />}
      </>
    ),
  },
  { title: 'Window', cell: windowOf },
  { title: 'Counted', look: 'num', cell: (report) => <Counted run={run} report={report} /> },
  { title: 'Read = landed + rejected', look: 'num', cell: (report) => <Equation report={report} /> },
  { title: 'Inserted', look: 'num', cell: ({ inserted }) => <Count value={inserted} /> },
  { title: 'Updated', look: 'num', cell: ({ updated }) => <Count value={updated} /> },
  { title: 'Deleted', look: 'num', cell: ({ deleted }) => <Count value={deleted} /> },
  { title: 'Quarantined', look: 'num', cell: ({ quarantined }) => <Count value={quarantined} /> },
];

/** Where every row of every source went. */
export const AccountTable = ({ run }: { run: Run }) => (
  <section class="card">
    <h2>Rows</h2>
    <p class="quiet small">
      A window lands only if rows read = landed + rejected. Counted is what the source itself counted below the read
      point.
    </p>
    <Table
      rows={run.sources}
      columns={columnsOf(run.run)}
      keyOf={({ source, window, outcome }) => `${source} ${window} ${outcome}`}
      name="account"
    />
  </section>
);
