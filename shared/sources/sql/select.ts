import type { MySqlSource, Table } from '../../contracts/catalog';
import { quoted } from './text';

/**
 * The select list of a MySQL source: exactly the declared columns, by name. Keys, cursors and times leave the server as
 * the text that it prints: past 2^53 a number would be rounded somewhere on its way, and a zero date has no other form.
 * @param absent columns that the source does not have, as a person or the policy has accepted: they are NULL
 */
export function selectList(source: MySqlSource, table: Table, absent: readonly string[]): string {
  const asText = (name: string, type: string): boolean =>
    table.key.includes(name) || name === source.cursor?.column || type === 'timestamp' || type === 'date';
  return table.columns
    .map(({ name, type }) => {
      if (absent.includes(name)) return `CAST(NULL AS CHAR) AS ${quoted(name)}`;
      return asText(name, type) ? `CAST(${quoted(name)} AS CHAR) AS ${quoted(name)}` : quoted(name);
    })
    .join(', ');
}
