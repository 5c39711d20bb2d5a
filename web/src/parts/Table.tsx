import type { ComponentChildren } from 'preact';

/** One column of a table: its title, and what it shows of a row. */
export interface Column<Row> {
  readonly title: string;
  cell(row: Row): ComponentChildren;
  /** Classes of its cells; with `num` the title is set flush right as well. */
  readonly look?: 'num' | 'num left' | 'mono' | 'mono wrap' | 'wrap';
  /** Its cells name their rows. */
  readonly head?: true;
  /** What a cell is called where rows are shown as blocks: the title, if nothing is said; empty where the value speaks for itself. */
  readonly label?: string;
}

interface Props<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** What tells a row from the others. */
  keyOf(row: Row): string;
  /** A card of its own, instead of a part of one. */
  readonly card?: true;
  readonly name?: string;
}

function Cell<Row>({ row, column }: { row: Row; column: Column<Row> }) {
  const { title, label = title, look, head, cell } = column;
  if (head)
    return (
      <th scope="row" class={look}>
        {cell(row)}
      </th>
    );
  return (
    <td data-label={label || undefined} class={look}>
      {cell(row)}
    </td>
  );
}

/** Rows under titles; where there is no room for that each row is a block of named values. */
export const Table = <Row,>({ rows, columns, keyOf, card, name = '' }: Props<Row>) => (
  <div class={card ? 'scroll card flush' : 'scroll'}>
    <table class={`stack-narrow ${name}`}>
      <thead>
        <tr>
          {columns.map(({ title, look }) => (
            <th key={title} scope="col" class={look === 'num' ? 'num' : undefined}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) => (
              <Cell key={column.title} row={row} column={column} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
