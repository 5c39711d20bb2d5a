import type { History, SourceList, WindowList } from '../../api/answers';
import { useAnswer } from '../../api/useAnswer';
import { Empty } from '../../parts/Empty';
import { Loaded } from '../../parts/Loaded';
import { ProblemCard } from '../../parts/ProblemCard';
import { Title } from '../../parts/Title';
import { HistoryTable } from './HistoryTable';
import { SchemaTable } from './SchemaTable';
import { SourceFacts } from './SourceFacts';
import { WindowTable } from './WindowTable';

const PACE = 3000;

/** One source: its watermark, what is open or parked, its last windows, and who moved what. */
export function SourcePage({ name }: { name: string }) {
  const path = `/sources/${encodeURIComponent(name)}`;
  const sources = useAnswer<SourceList>('/sources', () => PACE);
  const windows = useAnswer<WindowList>(`${path}/windows?limit=20`, () => PACE);
  const history = useAnswer<History>(`${path}/history?limit=50`, () => PACE);
  return (
    <>
      <Title text={name} within={['Sources', ['sources']]} />
      <div class="stack">
        <Loaded answer={sources}>
          {(data) => {
            const view = data.sources.find((each) => each.source.name === name);
            if (view === undefined) return <Empty title={`The catalog names no source ${name}.`} />;
            return (
              <>
                <SourceFacts view={view} />
                {view.open?.problem && <ProblemCard problem={view.open.problem} />}
                {view.open?.schema && <SchemaTable diff={view.open.schema} />}
              </>
            );
          }}
        </Loaded>
        <section class="card">
          <h2>Last windows</h2>
          <Loaded answer={windows}>{(data) => <WindowTable windows={data.windows} />}</Loaded>
        </section>
        <section class="card">
          <h2>History</h2>
          <Loaded answer={history}>{(data) => <HistoryTable events={data.events} />}</Loaded>
        </section>
      </div>
    </>
  );
}
