import type { Run } from '../../../shared/contracts/run';
import type { DatasetView, SourceView } from '../api/answers';
import { DatasetFreshness } from '../parts/DatasetFreshness';
import { Icon } from '../parts/Icon';
import { Link } from '../parts/Link';
import { SourceAge } from '../parts/SourceAge';
import { hrefOf } from '../route/route';
import type { GridRow } from './gridOf';

interface Props {
  readonly row: GridRow;
  readonly runs: readonly Run[];
  readonly source: SourceView | undefined;
  readonly dataset: DatasetView | undefined;
}

/** A source or dataset over the shown runs. */
export const GridLine = ({ row, runs, source, dataset }: Props) => (
  <tr>
    <th scope="row" class="name">
      <div>
        <Link to={[`${row.kind}s`, row.name]}>{row.name}</Link>
        <span class="age">
          {source && <SourceAge view={source} />}
          {dataset && <DatasetFreshness view={dataset} />}
        </span>
      </div>
    </th>
    {row.cells.map((look, nth) => {
      const run = runs[nth]?.run ?? '';
      if (look === null) return <td key={run} />;
      return (
        <td key={run}>
          <a
            class={`square tone-${look.tone}`}
            href={hrefOf(['runs', run])}
            tabIndex={-1}
            title={`${row.name}: ${look.word}`}
            aria-label={`${row.name}: ${look.word}`}
          >
            <Icon name={look.icon} size={12} />
          </a>
        </td>
      );
    })}
    <td class="rest" />
  </tr>
);
