import type { DatasetView } from '../api/answers';
import { useNow } from '../clock/useNow';
import { otherLook } from '../looks/look';
import { Ago } from './Ago';
import { Badge } from './Badge';

const HOUR = 3_600_000;

/** How old a published dataset is; one past its freshness limit is marked. */
export function DatasetFreshness({ view }: { view: DatasetView }) {
  const now = useNow();
  if (view.at === null) return <Badge look={otherLook.never} />;
  const stale = now - Date.parse(view.at) > view.dataset.freshnessHours * HOUR;
  return (
    <span class="line">
      <Ago at={view.at} />
      {stale && <Badge look={otherLook.stale} />}
    </span>
  );
}
