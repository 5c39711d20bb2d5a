import type { DatasetList, DatasetView } from '../../api/answers';
import { useAnswer } from '../../api/useAnswer';
import { count } from '../../format/count';
import { DatasetFreshness } from '../../parts/DatasetFreshness';
import { Empty } from '../../parts/Empty';
import { Link } from '../../parts/Link';
import { Loaded } from '../../parts/Loaded';
import { RunLink } from '../../parts/RunLink';
import { type Column, Table } from '../../parts/Table';
import { Title } from '../../parts/Title';
import { Download } from './Download';

const PACE = 5000;

const COLUMNS: Column<DatasetView>[] = [
  { title: 'Dataset', head: true, cell: ({ dataset }) => <Link to={['datasets', dataset.name]}>{dataset.name}</Link> },
  { title: 'From', cell: ({ dataset }) => dataset.inputs.join(', ') },
  { title: 'Rows', look: 'num', cell: ({ published, rows }) => (published === null ? '' : count(rows)) },
  { title: 'Published', cell: (view) => <DatasetFreshness view={view} /> },
  { title: 'By run', cell: ({ run }) => run !== null && <RunLink run={run} /> },
  {
    title: 'Compared with',
    cell: ({ dataset }) => dataset.reconcile?.with ?? <span class="quiet">nobody</span>,
  },
  { title: 'File', label: '', cell: (view) => view.published !== null && <Download view={view} /> },
];

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
            <Table rows={datasets} columns={COLUMNS} keyOf={({ dataset }) => dataset.name} card />
          )
        }
      </Loaded>
    </>
  );
}
