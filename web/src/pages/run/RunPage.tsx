import type { RunDetail } from '../../api/answers';
import { useAnswer } from '../../api/useAnswer';
import { Gantt } from '../../gantt/Gantt';
import { StepTable } from '../../gantt/StepTable';
import { runLook } from '../../looks/look';
import { Badge } from '../../parts/Badge';
import { Loaded } from '../../parts/Loaded';
import { Title } from '../../parts/Title';
import { AccountTable } from './AccountTable';
import { DatasetTable } from './DatasetTable';
import { RunFacts } from './RunFacts';
import { RunProblems } from './RunProblems';
import { UpkeepTable } from './UpkeepTable';

const LIVE_PACE = 1000;

interface Props {
  readonly run: string;
  readonly query: Readonly<Record<string, string>>;
}

/** One run: what went wrong first, then its steps over time, its rows and its datasets. Live until it ends. */
export function RunPage({ run: id, query }: Props) {
  const answer = useAnswer<RunDetail>(`/runs/${encodeURIComponent(id)}`, ({ run }) =>
    run.ended === null ? LIVE_PACE : null,
  );
  const status = answer.data?.run.status;
  return (
    <>
      <Title
        text={id}
        tab={status === undefined ? id : `${status}: ${id}`}
        within={['Runs', ['runs']]}
        beside={<span role="status">{status !== undefined && <Badge look={runLook[status]} />}</span>}
        mono
      />
      <Loaded answer={answer}>
        {({ run, steps }) => (
          <div class="stack">
            <RunFacts run={run} />
            <RunProblems run={run} steps={steps} />
            <section class="card">
              <h2>Steps</h2>
              {steps.length === 0 ? (
                <p class="quiet">No step has begun.</p>
              ) : (
                <>
                  <Gantt run={run} steps={steps} chosen={query['step'] ?? ''} />
                  <StepTable steps={steps} />
                </>
              )}
            </section>
            {run.sources.length > 0 && <AccountTable run={run} />}
            {run.datasets.length > 0 && <DatasetTable reports={run.datasets} />}
            {run.upkeep && <UpkeepTable parts={run.upkeep.parts} />}
          </div>
        )}
      </Loaded>
    </>
  );
}
