import { identifier, literal } from '../connectors/sqlText';
import { ActivityError } from '../engine/failure';

/**
 * Columns that a source adds to every row, as a piece of a select list; `$$FILEPATH` is the file's path relative to
 * the data set's folder.
 * @throws ActivityError when the source has such a column already
 */
export function additional(
  columns: readonly { name: string; value: string }[],
  taken: readonly string[],
  file: string | undefined,
): string {
  return columns
    .map(({ name, value }) => {
      const again = taken.find((one) => one.toLowerCase() === name.toLowerCase());
      if (again !== undefined) throw new ActivityError('', `The additional column '${name}' is in the source already.`);
      if (value.toUpperCase() === '$$FILEPATH' && file === undefined)
        throw new ActivityError('BadRequest', `The column '${name}' asks for a file path, but the source is no file.`);
      const text = value.toUpperCase() === '$$FILEPATH' ? (file ?? '') : value;
      return `, CAST(${literal(text)} AS VARCHAR) AS ${identifier(name)}`;
    })
    .join('');
}
