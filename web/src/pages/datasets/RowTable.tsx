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

const NUMBER = /^-?\d+(\.\d+)?$/;

/** `num` for the columns of which every shown cell is a number: those are set flush right. */
const looksOf = ({ columns, rows }: Rows) =>
  columns.map((_, nth) => (rows.every((row) => row[nth] === null || NUMBER.test(row[nth] ?? '')) ? 'num' : ''));

/** Rows as the published form has them, cell by cell as text. */
export function RowTable({ dataset, after }: Props) {
  const from = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
  const answer = useAnswer<Rows>(`/datasets/${encodeURIComponent(dataset)}/rows?limit=${PAGE}${from}`, () => null);
  return (
    <Loaded answer={answer}>
      {(page) => {
        const { columns, rows, next } = page;
        const looks = looksOf(page);
        return (
          <>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the arrow keys */}
            <section class="scroll card flush" aria-label={`Rows of ${dataset}`} tabIndex={0}>
              <table class="data">
                <thead>
                  <tr>
                    {columns.map((column, nth) => (
                      <th key={column} scope="col" class={looks[nth]}>
                        {column}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row, nth) => (
                    <tr key={nth}>
                      {row.map((cell, column) => (
                        <td key={columns[column]} class={looks[column]}>
                          {cell ?? <span class="quiet">null</span>}
                        </td>
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
        );
      }}
    </Loaded>
  );
}
