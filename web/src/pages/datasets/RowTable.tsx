import type { Rows } from '../../api/answers';
import { useAnswer } from '../../api/useAnswer';
import { Link } from '../../parts/Link';
import { Loaded } from '../../parts/Loaded';

const PAGE = 50;

interface Props {
  readonly dataset: string;
  /** Where to go on, as the page before said; empty for the first rows. */
  readonly after: string;
}

/** Rows as the published form has them, cell by cell as text. */
export function RowTable({ dataset, after }: Props) {
  const from = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
  const answer = useAnswer<Rows>(`/datasets/${encodeURIComponent(dataset)}/rows?limit=${PAGE}${from}`, () => null);
  return (
    <Loaded answer={answer}>
      {({ columns, rows, next }) => (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the arrow keys */}
          <section class="scroll card flush" aria-label={`Rows of ${dataset}`} tabIndex={0}>
            <table class="data">
              <thead>
                <tr>
                  {columns.map((column) => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row, nth) => (
                  <tr key={nth}>
                    {row.map((cell, column) => (
                      <td key={columns[column]}>{cell ?? <span class="quiet">null</span>}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <p class="line pager">
            {after !== '' && <Link to={['datasets', dataset]}>First rows</Link>}
            {next !== null && (
              <Link to={['datasets', dataset]} query={{ after: next }}>
                Next {PAGE} rows
              </Link>
            )}
          </p>
        </>
      )}
    </Loaded>
  );
}
