import type { SourceReport } from '../../../../shared/contracts/run';
import { balanceOf } from '../../account/balanceOf';
import type { WindowList } from '../../api/answers';
import { useAnswer } from '../../api/useAnswer';
import { count } from '../../format/count';
import { sourceLook } from '../../looks/look';
import { Badge } from '../../parts/Badge';
import { Bounds } from '../../parts/Bounds';
import { Icon } from '../../parts/Icon';
import { Link } from '../../parts/Link';
import { Promised } from '../../parts/Promised';
import { RunLink } from '../../parts/RunLink';

const Rows = ({ label, value }: { label: string; value: string }) => (
  <td data-label={label} class={`num${value === '0' ? ' zero' : ''}`}>
    {count(value)}
  </td>
);

/** What the source counted below the read point, which its windows know: text to show, empty without a window. */
function useCounted(run: string, report: SourceReport): string {
  const path = report.window === null ? null : `/sources/${encodeURIComponent(report.source)}/windows?limit=50`;
  const windows = useAnswer<WindowList>(path, () => null).data?.windows ?? [];
  const counted = windows.flatMap((each) => (each.run === run ? (each.account?.counted ?? []) : []));
  if (report.window === null) return '';
  if (counted.length === 0 || counted.length < Number(report.windows)) return 'unknown';
  return count(String(counted.reduce((total, rows) => total + BigInt(rows), 0n)));
}

function Equation({ report }: { report: SourceReport }) {
  const { read, landed, rejected } = report;
  const balance = balanceOf(report);
  const good = balance === 'balanced';
  if (report.window === null) return null;
  return (
    <span class="equation">
      {count(read)} = {count(landed)} + {count(rejected)}
      <span class={`trigger tone-${good ? 'ok' : 'fail'}`}>
        <Icon name={good ? 'check' : 'cross'} size={12} />
        {good ? <span class="hidden">balanced</span> : `off by ${balance.off}`}
      </span>
    </span>
  );
}

/** The account of one source in one run. */
export function AccountRow({ run, report }: { run: string; report: SourceReport }) {
  const counted = useCounted(run, report);
  return (
    <tr>
      <th scope="row">
        <Link to={['sources', report.source]}>{report.source}</Link>
      </th>
      <td data-label="Outcome">
        <Badge look={sourceLook[report.outcome]} /> {report.met !== null && <RunLink run={report.met} />}
      </td>
      <td data-label="Window">
        {report.window !== null && (
          <span class="window">
            <span class="num">#{report.window}</span>{' '}
            {Number(report.windows) > 1 && <span class="quiet">the last of {report.windows}</span>}{' '}
            <Bounds lower={report.lower} upper={report.upper} /> <Promised guarantee={report.guarantee} />
          </span>
        )}
      </td>
      <td data-label="Counted" class={`num${counted === 'unknown' ? ' zero' : ''}`}>
        {counted}
      </td>
      <td data-label="Read = landed + rejected" class="num">
        <Equation report={report} />
      </td>
      <Rows label="Inserted" value={report.inserted} />
      <Rows label="Updated" value={report.updated} />
      <Rows label="Deleted" value={report.deleted} />
      <Rows label="Quarantined" value={report.quarantined} />
    </tr>
  );
}
