import type { SourceView } from '../../api/answers';
import { otherLook, windowLook } from '../../looks/look';
import { Badge } from '../../parts/Badge';
import { RunLink } from '../../parts/RunLink';

/** Whether a source waits, works (and for which run: that run holds the lease) or is parked. */
export function SourceState({ view }: { view: SourceView }) {
  const { open, busy } = view;
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
    </span>
  );
}
