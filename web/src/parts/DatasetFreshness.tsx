import type { DatasetView } from '../api/answers';
import { otherLook } from '../looks/look';
import { Ago } from './Ago';
import { Badge } from './Badge';

/** When a dataset was published; one that is further behind its sources than it may be is marked. */
export function DatasetFreshness({ view }: { view: DatasetView }) {
  if (view.at === null) return <Badge look={otherLook.never} />;
  return (
    <span class="line">
      <Ago at={view.at} />
      {view.freshness.late && <Badge look={otherLook.stale} />}
    </span>
  );
}
