import { useState } from 'preact/hooks';
import type { DatasetList, SourceList } from '../../api/answers';
import { useAnswer } from '../../api/useAnswer';
import { Grid } from '../../grid/Grid';
import { Icon } from '../../parts/Icon';
import { Loaded } from '../../parts/Loaded';
import { Title } from '../../parts/Title';
import { filterRuns, type RunFilter } from './filterRuns';
import { NoRuns } from './NoRuns';
import { RunFilters } from './RunFilters';
import { RunNow } from './RunNow';
import { RunTable } from './RunTable';
import { useRuns } from './useRuns';

const HEALTH_PACE = 10_000;

/** All runs: the grid of runs by subject, then the runs themselves. */
export function RunsPage({ query }: { query: RunFilter }) {
  const [asking, setAsking] = useState(false);
  const { answer, older } = useRuns();
  const sources = useAnswer<SourceList>('/sources', () => HEALTH_PACE).data?.sources ?? [];
  const datasets = useAnswer<DatasetList>('/datasets', () => HEALTH_PACE).data?.datasets ?? [];
  const names = sources.map((view) => view.source.name);

  return (
    <>
      <Title text="Runs">
        <button class="primary" type="button" onClick={() => setAsking(true)}>
          <Icon name="play" />
          Run now
        </button>
      </Title>
      {asking && <RunNow sources={names} onClose={() => setAsking(false)} />}
      <Loaded answer={answer}>
        {(runs) => {
          if (runs.length === 0) return <NoRuns onAsk={() => setAsking(true)} />;
          const shown = filterRuns(runs, query);
          return (
            <div class="stack">
              <Grid runs={shown} sources={sources} datasets={datasets} />
              <RunFilters filter={query} sources={names} />
              {shown.length === 0 ? (
                <p class="quiet">None of the {runs.length} newest runs is like that.</p>
              ) : (
                <RunTable runs={shown} />
              )}
              {older !== null && (
                <button class="plain centred" type="button" onClick={() => void older()}>
                  Older runs
                </button>
              )}
            </div>
          );
        }}
      </Loaded>
    </>
  );
}
