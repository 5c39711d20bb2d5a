import type { DatasetReport } from '../../../../shared/contracts/run';
import { count } from '../../format/count';
import { datasetReportLook } from '../../looks/look';
import { Badge } from '../../parts/Badge';
import { Icon } from '../../parts/Icon';
import { Link } from '../../parts/Link';
import { type Column, Table } from '../../parts/Table';

function reconciled(report: DatasetReport) {
  if (report.outcome !== 'published') return null;
  if (report.cells === '0') return <span class="quiet">no partner</span>;
  const equal = report.mismatches === '0';
  return (
    <span class={`trigger tone-${equal ? 'ok' : 'fail'}`}>
      <Icon name={equal ? 'check' : 'cross'} size={12} />
      {equal ? 'all equal' : `${count(report.mismatches)} differ`}
    </span>
  );
}

const COLUMNS: Column<DatasetReport>[] = [
  { title: 'Dataset', head: true, cell: ({ dataset }) => <Link to={['datasets', dataset]}>{dataset}</Link> },
  { title: 'Outcome', cell: (report) => <Badge look={datasetReportLook(report)} /> },
  { title: 'Rows', look: 'num', cell: ({ published, rows }) => (published === null ? '' : count(rows)) },
  { title: 'Cells compared', look: 'num', cell: ({ cells }) => (cells === '0' ? '' : count(cells)) },
  { title: 'Mismatches', cell: reconciled },
  { title: 'Published as', look: 'mono wrap', cell: ({ published }) => published },
];

/** What the run did to the published datasets, and how they compare with the partner's. */
export const DatasetTable = ({ reports }: { reports: readonly DatasetReport[] }) => (
  <section class="card">
    <h2>Datasets</h2>
    <Table rows={reports} columns={COLUMNS} keyOf={({ dataset }) => dataset} />
  </section>
);
