import type { SourceView } from '../../api/answers';
import { otherLook } from '../../looks/look';
import { Ago } from '../../parts/Ago';
import { Badge } from '../../parts/Badge';
import { RunLink } from '../../parts/RunLink';
import { SourceKind } from '../../parts/SourceKind';
import { SourceState } from './SourceState';

/** How far a source has come, and by whom. */
export const SourceFacts = ({ view }: { view: SourceView }) => (
  <dl class="facts">
    <div>
      <dt>State</dt>
      <dd>
        <SourceState view={view} />
      </dd>
    </div>
    <div class="wide">
      <dt>Watermark, as the source printed it</dt>
      <dd class="mono wrap">{view.watermark?.cursor ?? <span class="quiet">none</span>}</dd>
    </div>
    {view.watermark !== null && (
      <div class="wide">
        <dt>Committed</dt>
        <dd>
          <Ago at={view.watermark.committed} /> {view.freshness.late && <Badge look={otherLook.stale} />}{' '}
          <span class="quiet">as window #{view.watermark.window} by</span> <RunLink run={view.watermark.run} />
        </dd>
      </div>
    )}
    <div>
      <dt>Kind</dt>
      <dd>
        <SourceKind source={view.source} />
      </dd>
    </div>
    <div>
      <dt>Feeds</dt>
      <dd>silver.{view.source.table}</dd>
    </div>
  </dl>
);
