import type { FailureRow } from './row';
import { WAIT } from './row';

/** A MySQL error as drivers print it: by number in the company of "error" or in brackets, by name, or by its words. */
const sign = (number: number, name: string, words = '$^'): RegExp =>
  new RegExp(
    String.raw`\b(?:err(?:or|no)?|code|mysql)[ _]?(?:code|number|no)?["']?[^\w]{0,4}${number}\b|[([]${number}[)\]]|\b${name}\b|${words}`,
    'i',
  );

const denied = (number: number, name: string, words: string | undefined, next: string): FailureRow => ({
  name: `MySQL ${number}`,
  sign: sign(number, name, words),
  is: 'permanent',
  code: 'SOURCE_ACCESS',
  next,
});
const wrong = (number: number, name: string, words: string | undefined, next: string): FailureRow => ({
  name: `MySQL ${number}`,
  sign: sign(number, name, words),
  is: 'permanent',
  code: 'SOURCE_QUERY',
  next,
});
const passing = (
  number: number,
  name: string,
  words: string | undefined,
  code: 'SOURCE_UNREACHABLE' | 'SOURCE_QUERY',
) => ({ name: `MySQL ${number}`, sign: sign(number, name, words), is: 'transient', code, next: WAIT }) as const;

/** https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html */
export const MYSQL: readonly FailureRow[] = [
  denied(
    1045,
    'ER_ACCESS_DENIED_ERROR',
    'access denied for user[^|]*using password',
    'Check the user of the connection and its password in Key Vault.',
  ),
  denied(
    1044,
    'ER_DBACCESS_DENIED_ERROR',
    'access denied for user[^|]*to database',
    'Grant the user SELECT on the database.',
  ),
  denied(1142, 'ER_TABLEACCESS_DENIED_ERROR', 'command denied to user', 'Grant the user SELECT on the table.'),
  denied(
    1227,
    'ER_SPECIFIC_ACCESS_DENIED_ERROR',
    undefined,
    'Grant the privilege that is named, or choose readPoint.by lag in the catalog.',
  ),
  denied(
    1698,
    'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
    'access denied for user',
    'Check how the user of the connection may log in.',
  ),
  denied(1129, 'ER_HOST_IS_BLOCKED', undefined, 'Ask the owner of the server to unblock this host (FLUSH HOSTS).'),
  denied(1130, 'ER_HOST_NOT_PRIVILEGED', 'is not allowed to connect to this', 'Allow the user to come from this host.'),
  denied(1820, 'ER_MUST_CHANGE_PASSWORD', undefined, 'Give the user a new password, and put it into Key Vault.'),
  wrong(1049, 'ER_BAD_DB_ERROR', 'unknown database', 'Check the database of the connection in the catalog.'),
  wrong(1054, 'ER_BAD_FIELD_ERROR', 'unknown column', 'Compare the columns in the catalog with those of the table.'),
  wrong(1064, 'ER_PARSE_ERROR', undefined, 'Check the names of table and columns in the catalog.'),
  wrong(1146, 'ER_NO_SUCH_TABLE', undefined, 'Check the name of the table and the database of the connection.'),
  passing(1040, 'ER_CON_COUNT_ERROR', 'too many connections', 'SOURCE_UNREACHABLE'),
  passing(1053, 'ER_SERVER_SHUTDOWN', 'server shutdown in progress', 'SOURCE_UNREACHABLE'),
  passing(1158, 'ER_NET_READ_ERROR', undefined, 'SOURCE_UNREACHABLE'),
  passing(1159, 'ER_NET_READ_INTERRUPTED', undefined, 'SOURCE_UNREACHABLE'),
  passing(1161, 'ER_NET_WRITE_INTERRUPTED', undefined, 'SOURCE_UNREACHABLE'),
  passing(1203, 'ER_TOO_MANY_USER_CONNECTIONS', 'max_user_connections', 'SOURCE_UNREACHABLE'),
  passing(1205, 'ER_LOCK_WAIT_TIMEOUT', 'lock wait timeout', 'SOURCE_QUERY'),
  passing(1213, 'ER_LOCK_DEADLOCK', 'deadlock found', 'SOURCE_QUERY'),
  passing(1969, 'ER_STATEMENT_TIMEOUT', 'max_statement_time exceeded', 'SOURCE_QUERY'),
  passing(1317, 'ER_QUERY_INTERRUPTED', 'query execution was interrupted', 'SOURCE_QUERY'),
  passing(1927, 'ER_CONNECTION_KILLED', 'connection was killed', 'SOURCE_UNREACHABLE'),
  passing(3024, 'ER_QUERY_TIMEOUT', 'maximum statement execution time exceeded', 'SOURCE_QUERY'),
  passing(2002, 'CR_CONNECTION_ERROR', undefined, 'SOURCE_UNREACHABLE'),
  passing(2003, 'CR_CONN_HOST_ERROR', "can't connect to (?:mysql|mariadb|server)", 'SOURCE_UNREACHABLE'),
  passing(2006, 'CR_SERVER_GONE_ERROR', 'server has gone away', 'SOURCE_UNREACHABLE'),
  passing(2013, 'CR_SERVER_LOST', 'lost connection to|PROTOCOL_CONNECTION_LOST', 'SOURCE_UNREACHABLE'),
];
