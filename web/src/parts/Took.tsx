import { useNow } from '../clock/useNow';
import { duration } from '../format/duration';

/** How long something took, or has been taking while it has no end. */
export function Took({ started, ended }: { started: string; ended: string | null }) {
  const now = useNow(ended === null);
  const until = ended === null ? now : Date.parse(ended);
  return <span class="num">{duration(until - Date.parse(started))}</span>;
}
