import type { SourceReport } from '../../../../shared/contracts/run';
import { balanceOf } from '../../account/balanceOf';
import { count } from '../../format/count';
import { Icon } from '../../parts/Icon';

/** Rows read against landed and rejected, and whether they balance; nothing without a window. */
export function Equation({ report }: { report: SourceReport }) {
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
