import { sum } from '../../../../shared/contracts/counts';
import type { SourceReport } from '../../../../shared/contracts/run';
import type { WindowList } from '../../api/answers';
import { useAnswer } from '../../api/useAnswer';
import { count } from '../../format/count';

/** What the source counted below the read point, which its windows know; nothing without a window. */
export function Counted({ run, report }: { run: string; report: SourceReport }) {
  const path = report.window === null ? null : `/sources/${encodeURIComponent(report.source)}/windows?limit=50`;
  const windows = useAnswer<WindowList>(path, () => null).data?.windows ?? [];
  const counted = windows.flatMap((each) => (each.run === run ? (each.account?.counted ?? []) : []));
  if (report.window === null) return null;
  if (counted.length === 0 || counted.length < Number(report.windows)) return <span class="zero">unknown</span>;
  return count(sum(counted));
}
