import type { SourceView } from '../../api/answers';
import { otherLook, windowLook } from '../../looks/look';
import { Badge } from '../../parts/Badge';
import { RunLink } from '../../parts/RunLink';

/** Whether a source rests, works (and for which run: that run holds the lease) or is parked, and which run waits for it. */
export function SourceState({ view }: { view: SourceView }) {
  const { open, busy, waiting } = view;
  return (
    <span class="line">
      {open === null ? (
        <Badge look={busy === null ? otherLook.idle : otherLook.busy} />
      ) : (
        <>
          <Badge look={windowLook[open.state]} />
          <span class="quiet">#{open.number}</span>
        </>
      )}
      {busy !== null && (
        <span class="quiet small">
          held by <RunLink run={busy} />
        </span>
      )}
      {waiting !== null && (
        <span class="quiet small">
          <RunLink run={waiting.run} /> waits
        </span>
      )}
    </span>
  );
}
