import type { DuckDBConnection } from '@duckdb/node-api';
import { tableQuery } from '../activities/lookup';
import { mysqlFailure } from '../connectors/mysql';
import { type Opened, openMySql } from '../connectors/open';
import { literal } from '../connectors/sqlText';
import type { Source } from '../definition/copy';
import type { Connection } from '../definition/linkedService';
import type { Attempt } from '../engine/activity';
import { additional } from './additional';
import { parquetColumns, sourceQuery } from './columns';
import type { Moved } from './output';
import { type Target, writeParquet } from './target';

type MySqlSource = Extract<Source, { type: 'MySqlSource' }>;

/** Streams a query of MySQL into one Parquet file. The query is asked once by the plain client, so that its faults carry their code. */
export async function mysqlToParquet(
  source: MySqlSource,
  from: Opened,
  target: Target,
  attempt: Attempt,
): Promise<Moved> {
  const { mysql, to, password } = await openMySql(attempt, from);
  const asked = source.query ?? tableQuery(from.dataset);
  const columns = await mysql.describe(asked).finally(() => mysql.close());
  const query = sourceQuery(asked, columns);
  const { duck } = attempt.context.services;
  const { rows, bytes } = await duck.session(attempt.signal, async (session) => {
    try {
      await duck.loadMysql(session);
      await attach(session, to, password);
      // A result of MySQL is read by one thread; a second one finds nothing to do and burns a whole core in looking for it.
      await session.run('SET threads = 1');
      const stream = `mysql_query('source', ${literal(query)})`;
      const described = await session.runAndReadAll(`DESCRIBE SELECT * FROM ${stream}`);
      const types = described.getRowsJson().map(([, type]) => String(type));
      const names = columns.map(({ name }) => name);
      const list = parquetColumns(columns, types) + additional(source.additionalColumns, names, undefined);
      const written = [...names, ...source.additionalColumns.map(({ name }) => name)];
      return await writeParquet(session, { query: `SELECT ${list} FROM ${stream}`, columns: written }, target, attempt);
    } catch (error) {
      attempt.signal.throwIfAborted();
      throw mysqlFailure(spoken((error as Error).message.replace(query, '')), to, password);
    }
  });
  return { dataRead: bytes, dataWritten: bytes, rowsRead: rows, rowsCopied: rows, filesWritten: 1 };
}

const CUT = 'Failed to fetch result row';
const INTERRUPTED = 1317;

/**
 * What the engine's own words mean, since it gives no numbers; the query is not among them, whose names could be taken for
 * a reason. Of a query that the server ends while its rows are read the engine tells no reason.
 */
function spoken(message: string): { message: string; code: string; errno?: number } {
  if (message.includes(CUT) && /:\s*$/.test(message))
    return {
      message: 'Query execution was interrupted while its rows were read',
      code: 'ER_QUERY_INTERRUPTED',
      errno: INTERRUPTED,
    };
  const lost = /connect|lost connection|gone away|shutdown|unexpected eof/i.test(message);
  return { message, code: lost ? 'PROTOCOL_CONNECTION_LOST' : 'ER_QUERY' };
}

const SSL_MODES = ['disabled', 'preferred', 'required', 'verify_ca', 'verify_identity'];

async function attach(session: DuckDBConnection, to: Connection<'MySql'>, password: string): Promise<void> {
  const secret = [
    ['HOST', literal(to.server)],
    ['PORT', String(to.port)],
    ['DATABASE', literal(to.database)],
    ['USER', literal(to.username)],
    ['PASSWORD', literal(password)],
  ].map((pair) => pair.join(' '));
  await session.run(`CREATE SECRET source_secret (TYPE mysql, ${secret.join(', ')})`);
  // Without compression the server sends three times as fast; see bench/README.md.
  await session.run(`SET mysql_session_time_zone = '+00:00'`);
  await session.run(
    `ATTACH ${literal(`compression=disabled ssl_mode=${SSL_MODES[to.sslMode]}`)} AS source (TYPE mysql, SECRET source_secret, READ_ONLY)`,
  );
  await session.run(
    `SET mysql_tinyint1_as_boolean = ${to.treatTinyAsBoolean}; SET mysql_bit1_as_boolean = false; SET mysql_incomplete_dates_as_nulls = true; ` +
      'SET mysql_query_timeout_enabled = false; SET mysql_sql_buffer_result = false; SET preserve_insertion_order = false',
  );
}
