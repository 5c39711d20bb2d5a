import type { SourceView } from '../api/answers';
import { otherLook, windowLook } from '../looks/look';
import { Badge } from './Badge';
import { Committed } from './Committed';

/** When a source last committed a window; a parked one says so, and one that is older than it may be. */
export function SourceAge({ view }: { view: SourceView }) {
  if (view.open?.state === 'parked') return <Badge look={windowLook.parked} />;
  if (view.watermark === null) return <Badge look={otherLook.never} />;
  return <Committed at={view.watermark.committed} view={view} />;
}
