import type { Run } from '../../../../shared/contracts/run';
import { absolute } from '../../format/absolute';
import { Ago } from '../../parts/Ago';
import { Link } from '../../parts/Link';
import { RunLink } from '../../parts/RunLink';
import { Took } from '../../parts/Took';
import { TriggerText } from '../../parts/TriggerText';

/** Why the run exists, when it was, and by which catalog. */
export const RunFacts = ({ run }: { run: Run }) => (
  <dl class="facts">
    <div class="wide">
      <dt>Trigger</dt>
      <dd>
        <TriggerText trigger={run.trigger} full />
      </dd>
    </div>
    <div>
      <dt>Started</dt>
      <dd>
        {absolute(run.started)}{' '}
        <span class="quiet">
          (<Ago at={run.started} />)
        </span>
      </dd>
    </div>
    <div>
      <dt>{run.ended === null ? 'Running for' : 'Took'}</dt>
      <dd>
        <Took started={run.started} ended={run.ended} />
      </dd>
    </div>
    {run.rerunOf !== undefined && (
      <div>
        <dt>Continues</dt>
        <dd>
          <RunLink run={run.rerunOf} />
        </dd>
      </div>
    )}
    <div>
      <dt>Catalog</dt>
      <dd>version {run.catalog}</dd>
    </div>
    {run.upkeep ? (
      <div>
        <dt>Upkeep</dt>
        <dd>{[run.upkeep.kind, ...run.upkeep.tables].join(' ')}</dd>
      </div>
    ) : (
      <div>
        <dt>Sources</dt>
        <dd class="list">
          {run.wanted.map((name) => (
            <Link key={name} to={['sources', name]}>
              {name}
            </Link>
          ))}
        </dd>
      </div>
    )}
  </dl>
);
