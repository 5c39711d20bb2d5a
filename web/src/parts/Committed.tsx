import type { SourceView } from '../api/answers';
import { otherLook } from '../looks/look';
import { Ago } from './Ago';
import { Badge } from './Badge';

/** When a source last committed a window; one that is older than it may be is marked. */
export const Committed = ({ at, view }: { at: string; view: SourceView }) => (
  <span class="line">
    <Ago at={at} />
    {view.freshness.late && <Badge look={otherLook.stale} />}
  </span>
);
