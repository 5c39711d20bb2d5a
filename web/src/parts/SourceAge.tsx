import type { SourceView } from '../api/answers';
import { otherLook, windowLook } from '../looks/look';
import { Ago } from './Ago';
import { Badge } from './Badge';

/** When a source last committed a window; a parked one says so. */
export function SourceAge({ view }: { view: SourceView }) {
  if (view.open?.state === 'parked') return <Badge look={windowLook.parked} />;
  if (view.watermark === null) return <Badge look={otherLook.never} />;
  return <Ago at={view.watermark.committed} />;
}
