import type { SourceList, SourceView } from '../../api/answers';
import { useAnswer } from '../../api/useAnswer';
import { Committed } from '../../parts/Committed';
import { Empty } from '../../parts/Empty';
import { Link } from '../../parts/Link';
import { Loaded } from '../../parts/Loaded';
import { ProblemCard } from '../../parts/ProblemCard';
import { SourceKind } from '../../parts/SourceKind';
import { type Column, Table } from '../../parts/Table';
import { Title } from '../../parts/Title';
import { SourceState } from './SourceState';

const PACE = 3000;

const COLUMNS: Column<SourceView>[] = [
  { title: 'Source', head: true, cell: ({ source }) => <Link to={['sources', source.name]}>{source.name}</Link> },
  { title: 'Kind', cell: ({ source }) => <SourceKind source={source} /> },
  { title: 'State', cell: (view) => <SourceState view={view} /> },
  {
    title: 'Watermark, as the source printed it',
    label: 'Watermark',
    look: 'mono wrap',
    cell: ({ watermark }) => watermark?.cursor,
  },
  { title: 'Window', look: 'num', cell: ({ watermark }) => watermark && `#${watermark.window}` },
  {
    title: 'Committed',
    look: 'num',
    cell: (view) =>
      view.watermark === null ? (
        <span class="quiet">never</span>
      ) : (
        <Committed at={view.watermark.committed} view={view} />
      ),
  },
];

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
              <Table rows={sources} columns={COLUMNS} keyOf={({ source }) => source.name} card />
            </div>
          );
        }}
      </Loaded>
    </>
  );
}
