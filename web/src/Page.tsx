import { AlertsPage } from './pages/alerts/AlertsPage';
import { DatasetPage } from './pages/datasets/DatasetPage';
import { DatasetsPage } from './pages/datasets/DatasetsPage';
import { RunPage } from './pages/run/RunPage';
import { RunsPage } from './pages/runs/RunsPage';
import { SourcePage } from './pages/sources/SourcePage';
import { SourcesPage } from './pages/sources/SourcesPage';
import { Empty } from './parts/Empty';
import { Link } from './parts/Link';
import { Title } from './parts/Title';
import type { Route } from './route/route';

/** The page that an address names. */
export function Page({ route }: { route: Route }) {
  const [section = 'runs', name, ...more] = route.path;
  if (more.length === 0) {
    if (section === 'runs')
      return name ? <RunPage key={name} run={name} query={route.query} /> : <RunsPage query={route.query} />;
    if (section === 'sources') return name ? <SourcePage key={name} name={name} /> : <SourcesPage />;
    if (section === 'datasets') {
      return name ? <DatasetPage key={name} name={name} query={route.query} /> : <DatasetsPage />;
    }
    if (section === 'alerts' && !name) return <AlertsPage />;
  }
  return (
    <>
      <Title text="No such page" />
      <Empty title={`Nothing is at ${route.path.join('/')}.`}>
        <Link to={['runs']}>Go to the runs</Link>
      </Empty>
    </>
  );
}
