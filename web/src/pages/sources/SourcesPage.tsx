import type { SourceList, SourceView } from '../../api/answers';
import { useAnswer } from '../../api/useAnswer';
import { Ago } from '../../parts/Ago';
import { Empty } from '../../parts/Empty';
import { Link } from '../../parts/Link';
import { Loaded } from '../../parts/Loaded';
import { ProblemCard } from '../../parts/ProblemCard';
import { SourceKind } from '../../parts/SourceKind';
import { Title } from '../../parts/Title';
import { SourceState } from './SourceState';

const PACE = 3000;

const SourceRow = ({ view }: { view: SourceView }) => (
  <tr>
    <th scope="row">
      <Link to={['sources', view.source.name]}>{view.source.name}</Link>
    </th>
    <td data-label="Kind">
      <SourceKind source={view.source} />
    </td>
    <td data-label="State">
      <SourceState view={view} />
    </td>
    <td data-label="Watermark" class="mono wrap">
      {view.watermark?.cursor ?? ''}
    </td>
    <td data-label="Window" class="num">
      {view.watermark === null ? '' : `#${view.watermark.window}`}
    </td>
    <td data-label="Committed" class="num">
      {view.watermark === null ? <span class="quiet">never</span> : <Ago at={view.watermark.committed} />}
    </td>
  </tr>
);

/** Every source: how far it has come, and what holds it up. */
export function SourcesPage() {
  const answer = useAnswer<SourceList>('/sources', () => PACE);
  return (
    <>
      <Title text="Sources" />
      <Loaded answer={answer}>
        {({ sources }) => {
          if (sources.length === 0) {
            return (
              <Empty title="The catalog names no source.">
                <p>
                  Publish one with <code>tidemark catalog publish</code>.
                </p>
              </Empty>
            );
          }
          const stuck = sources.flatMap(({ open }) => (open?.state === 'parked' && open.problem ? [open] : []));
          return (
            <div class="stack">
              {stuck.map((window) => window.problem && <ProblemCard key={window.source} problem={window.problem} />)}
              <div class="scroll card flush">
                <table class="stack-narrow">
                  <thead>
                    <tr>
                      <th scope="col">Source</th>
                      <th scope="col">Kind</th>
                      <th scope="col">State</th>
                      <th scope="col">Watermark, as the source printed it</th>
                      <th scope="col" class="num">
                        Window
                      </th>
                      <th scope="col" class="num">
                        Committed
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {sources.map((view) => (
                      <SourceRow key={view.source.name} view={view} />
                    ))}
                  </tbody>
                </table>
              </div>
            </div>
          );
        }}
      </Loaded>
    </>
  );
}
