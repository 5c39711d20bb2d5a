import type { DatasetList } from '../../api/answers';
import { useAnswer } from '../../api/useAnswer';
import { count } from '../../format/count';
import { DatasetFreshness } from '../../parts/DatasetFreshness';
import { Empty } from '../../parts/Empty';
import { Loaded } from '../../parts/Loaded';
import { RunLink } from '../../parts/RunLink';
import { Title } from '../../parts/Title';
import { Download } from './Download';
import { RowTable } from './RowTable';

interface Props {
  readonly name: string;
  readonly query: Readonly<Record<string, string>>;
}

/** One dataset: its published form and its rows, fifty at a time. */
export function DatasetPage({ name, query }: Props) {
  const answer = useAnswer<DatasetList>('/datasets', () => null);
  const view = answer.data?.datasets.find((each) => each.dataset.name === name);
  return (
    <>
      <Title text={name} within={['Datasets', ['datasets']]}>
        {view?.published && <Download view={view} />}
      </Title>
      <Loaded answer={answer}>
        {() => {
          if (view === undefined) return <Empty title={`The catalog names no dataset ${name}.`} />;
          if (view.published === null) {
            return (
              <Empty title="Not published yet.">
                <p>It is written by the first run in which all of {view.dataset.inputs.join(', ')} are in silver.</p>
              </Empty>
            );
          }
          return (
            <div class="stack">
              <dl class="facts">
                <div>
                  <dt>Rows</dt>
                  <dd class="num left">{count(view.rows)}</dd>
                </div>
                <div>
                  <dt>Published</dt>
                  <dd>
                    <DatasetFreshness view={view} />
                  </dd>
                </div>
                {view.run !== null && (
                  <div>
                    <dt>By run</dt>
                    <dd>
                      <RunLink run={view.run} />
                    </dd>
                  </div>
                )}
                <div class="wide">
                  <dt>Published as</dt>
                  <dd class="mono wrap">{view.published}</dd>
                </div>
              </dl>
              <RowTable dataset={name} after={query['after'] ?? ''} />
            </div>
          );
        }}
      </Loaded>
    </>
  );
}
