import type { DatasetList, DatasetView } from '../../api/answers';
import { useAnswer } from '../../api/useAnswer';
import { count } from '../../format/count';
import { DatasetFreshness } from '../../parts/DatasetFreshness';
import { Empty } from '../../parts/Empty';
import { Link } from '../../parts/Link';
import { Loaded } from '../../parts/Loaded';
import { RunLink } from '../../parts/RunLink';
import { Title } from '../../parts/Title';
import { Download } from './Download';

const PACE = 5000;

const DatasetRow = ({ view }: { view: DatasetView }) => (
  <tr>
    <th scope="row">
      <Link to={['datasets', view.dataset.name]}>{view.dataset.name}</Link>
    </th>
    <td data-label="From">{view.dataset.inputs.join(', ')}</td>
    <td data-label="Rows" class="num">
      {view.published === null ? '' : count(view.rows)}
    </td>
    <td data-label="Published">
      <DatasetFreshness view={view} />
    </td>
    <td data-label="By run">{view.run !== null && <RunLink run={view.run} />}</td>
    <td data-label="Compared with">{view.dataset.reconcile?.with ?? <span class="quiet">nobody</span>}</td>
    <td>{view.published !== null && <Download view={view} />}</td>
  </tr>
);

/** What readers get: every published dataset and its age. */
export function DatasetsPage() {
  const answer = useAnswer<DatasetList>('/datasets', () => PACE);
  return (
    <>
      <Title text="Datasets" />
      <Loaded answer={answer}>
        {({ datasets }) =>
          datasets.length === 0 ? (
            <Empty title="The catalog names no dataset." />
          ) : (
            <div class="scroll card flush">
              <table class="stack-narrow">
                <thead>
                  <tr>
                    <th scope="col">Dataset</th>
                    <th scope="col">From</th>
                    <th scope="col" class="num">
                      Rows
                    </th>
                    <th scope="col">Published</th>
                    <th scope="col">By run</th>
                    <th scope="col">Compared with</th>
                    <th scope="col">File</th>
                  </tr>
                </thead>
                <tbody>
                  {datasets.map((view) => (
                    <DatasetRow key={view.dataset.name} view={view} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </>
  );
}
