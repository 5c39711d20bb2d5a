import type { DatasetReport } from '../../../../shared/contracts/run';
import { count } from '../../format/count';
import { datasetReportLook } from '../../looks/look';
import { Badge } from '../../parts/Badge';
import { Icon } from '../../parts/Icon';
import { Link } from '../../parts/Link';

function Reconciled({ report }: { report: DatasetReport }) {
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

/** What the run did to the published datasets, and how they compare with the partner's. */
export const DatasetTable = ({ reports }: { reports: readonly DatasetReport[] }) => (
  <section class="card">
    <h2>Datasets</h2>
    <div class="scroll">
      <table class="stack-narrow">
        <thead>
          <tr>
            <th scope="col">Dataset</th>
            <th scope="col">Outcome</th>
            <th scope="col" class="num">
              Rows
            </th>
            <th scope="col" class="num">
              Cells compared
            </th>
            <th scope="col">Mismatches</th>
            <th scope="col">Published as</th>
          </tr>
        </thead>
        <tbody>
          {reports.map((report) => (
            <tr key={report.dataset}>
              <th scope="row">
                <Link to={['datasets', report.dataset]}>{report.dataset}</Link>
              </th>
              <td data-label="Outcome">
                <Badge look={datasetReportLook(report)} />
              </td>
              <td data-label="Rows" class="num">
                {report.published === null ? '' : count(report.rows)}
              </td>
              <td data-label="Cells compared" class="num">
                {report.cells === '0' ? '' : count(report.cells)}
              </td>
              <td data-label="Mismatches">
                <Reconciled report={report} />
              </td>
              <td data-label="Published as" class="mono wrap">
                {report.published}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);
