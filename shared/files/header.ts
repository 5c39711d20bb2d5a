import type { CsvFormat } from '../contracts/catalog';
import { COLUMN_NAME_RULE, NOT_IN_A_COLUMN_NAME } from '../contracts/columnName';

/** Names of the columns in the first row of a text, or null when the row does not end in it. */
export function headerOf(text: string, { delimiter, quote, escape: escaping }: CsvFormat): string[] | null {
  const names: string[] = [];
  let name = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    const next = text.charAt(at + 1);
    if (quoted && sign === escaping && (next === quote || next === escaping) && next !== '') {
      name += next;
      at += 1;
    } else if (quoted) {
      if (sign === quote) quoted = false;
      else name += sign;
    } else if (sign === quote && name === '' && quote !== '') quoted = true;
    else if (sign === delimiter) {
      names.push(name);
      name = '';
    } else if (sign === '\n' || sign === '\r') return [...names, name];
    else name += sign;
  }
  return null;
}

/** Columns that every row in bronze has besides its own. */
const OURS = new Set(['_window', '_file']);

/** Why a file with this header cannot be read by the names of its columns, or null. */
export function headerFault(names: readonly string[]): string | null {
  if (names.some((name) => name.trim() === '')) return 'its header has a column without a name';
  const odd = names.find((name) => NOT_IN_A_COLUMN_NAME.test(name));
  if (odd !== undefined) return `its header has the column ${JSON.stringify(odd)}: ${COLUMN_NAME_RULE}`;
  const folded = names.map((name) => name.toLowerCase());
  const twice = names.find((_, at) => folded.indexOf(folded[at] ?? '') !== at);
  if (twice !== undefined) return `its header has the column ${twice} twice`;
  const ours = names.find((name) => OURS.has(name.toLowerCase()));
  return ours === undefined ? null : `its header has the column ${ours}, which is a name of the engine`;
}
