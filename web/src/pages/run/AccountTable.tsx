import type { Run } from '../../../../shared/contracts/run';
import { AccountRow } from './AccountRow';

/** Where every row of every source went. */
export const AccountTable = ({ run }: { run: Run }) => (
  <section class="card">
    <h2>Rows</h2>
    <p class="quiet small">
      A window lands only if rows read = landed + rejected. Counted is what the source itself counted below the read
      point.
    </p>
    <div class="scroll">
      <table class="stack-narrow account">
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Outcome</th>
            <th scope="col">Window</th>
            {['Counted', 'Read = landed + rejected'].map((title) => (
              <th key={title} scope="col" class="num">
                {title}
              </th>
            ))}
            {['Inserted', 'Updated', 'Deleted', 'Quarantined'].map((title) => (
              <th key={title} scope="col" class="num">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {run.sources.map((report) => (
            <AccountRow key={`${report.source} ${report.window} ${report.outcome}`} run={run.run} report={report} />
          ))}
        </tbody>
      </table>
    </div>
  </section>
);
