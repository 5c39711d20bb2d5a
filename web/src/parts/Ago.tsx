import { useNow } from '../clock/useNow';
import { absolute } from '../format/absolute';
import { ago } from '../format/duration';

/** An instant as its age; the instant itself is the tooltip. */
export function Ago({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={absolute(at)}>
      {ago(now - Date.parse(at))}
    </time>
  );
}
