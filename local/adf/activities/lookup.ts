import { open, openMySql } from '../connectors/open';
import { ActivityError } from '../engine/failure';
import { formatJson } from '../expression/json';
import type { Value } from '../expression/value';
import { limits } from '../limits';
import type { WorkOf } from './works';

/** Reads a few rows of a query. https://learn.microsoft.com/azure/data-factory/control-flow-lookup-activity */
export const lookup: WorkOf<'Lookup'> = async ({ source, dataset, firstRowOnly }, attempt) => {
  if (source.type !== 'MySqlSource')
    throw new ActivityError('BadRequest', `A Lookup on ${source.type} is not imitated here.`);
  const opened = open(attempt, dataset);
  const sql = source.query ?? tableQuery(opened.dataset);
  const { mysql } = await openMySql(attempt, opened);
  try {
    const { rows } = await mysql.rows(sql, firstRowOnly ? 1 : limits.lookupRows);
    const [first] = rows;
    const value: Value = firstRowOnly ? (first ?? null) : rows;
    const size = Buffer.byteLength(formatJson(value));
    if (size > limits.lookupBytes)
      throw new ActivityError(
        '2100',
        `The size ${size} of the lookup result exceeds the limit of ${limits.lookupBytes} bytes.`,
      );
    if (!firstRowOnly) return { count: BigInt(rows.length), value };
    return first === undefined ? {} : { firstRow: value };
  } finally {
    await mysql.close();
  }
};

/** A data set that names a table stands for all of it. */
export function tableQuery(dataset: { type: string; typeProperties?: unknown }): string {
  const { tableName } = (dataset.typeProperties ?? {}) as { tableName?: string };
  if (!tableName) throw new ActivityError('BadRequest', 'The source has neither a query nor a table.');
  return `SELECT * FROM \`${tableName.replaceAll('`', '``')}\``;
}
