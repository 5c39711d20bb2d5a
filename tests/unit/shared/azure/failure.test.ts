import { describe, expect, test } from 'vitest';
import {
  classOfCall,
  errorOfCall,
  FACTORY,
  LAKE,
  NOTEBOOKS,
  type Origin,
  problemOfCopy,
  problemOfJob,
  rowFor,
  VAULT,
} from '../../../../shared/azure/failure';
import { FAILURES } from '../../../../shared/azure/failures/all';
import { ProblemError, TransientError } from '../../../../shared/errors';

const http = (statusCode: number, code = '') => Object.assign(new Error('no'), { statusCode, code });
const cut = (code: string) => Object.assign(new Error(`connect ${code} 127.0.0.1:7404`), { code });
const fetchFailed = (code: string) => Object.assign(new TypeError('fetch failed'), { cause: cut(code) });

/** Row of the table, its class, and what belongs to it. */
const calls: readonly [row: string, is: string, error: unknown][] = [
  ['the service asks to wait', 'transient', http(400, 'REQUEST_LIMIT_EXCEEDED')],
  ['the service asks to wait', 'transient', http(503, 'TEMPORARILY_UNAVAILABLE')],
  ['the service asks to wait', 'transient', http(503, 'ServerBusy')],
  [
    'the service asks to wait',
    'transient',
    Object.assign(http(400, 'INVALID_STATE'), {
      message:
        'There were already 1000 jobs created in past 3600 seconds, exceeding rate limit: 1000 per 3600 seconds.',
    }),
  ],
  [
    'the service asks to wait',
    'transient',
    Object.assign(http(400, 'BadRequest'), { message: "The pipeline 'copy' has 100 queued runs, the limit is 100." }),
  ],
  ...[408, 425, 429].map((status) => ['HTTP 408, 425, 429', 'transient', http(status)] as [string, string, unknown]),
  ...[500, 502, 503, 504].map((s) => ['HTTP 500, 502 to 504', 'unknown', http(s)] as [string, string, unknown]),
  ...[501, 505].map((status) => ['HTTP 501, 505', 'permanent', http(status)] as [string, string, unknown]),
  ...[401, 403].map((status) => ['HTTP 401, 403', 'permanent', http(status)] as [string, string, unknown]),
  ['HTTP 404', 'permanent', http(404)],
  ['a path that is being deleted', 'transient', http(409, 'DestinationPathIsBeingDeleted')],
  ...[409, 412].map((status) => ['HTTP 409, 412', 'permanent', http(status)] as [string, string, unknown]),
  ...[400, 413, 422].map((status) => ['other HTTP 4xx', 'permanent', http(status)] as [string, string, unknown]),
  ...['CERT_HAS_EXPIRED', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'DEPTH_ZERO_SELF_SIGNED_CERT'].map(
    (code) => ['certificate that is not trusted', 'permanent', fetchFailed(code)] as [string, string, unknown],
  ),
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].map(
    (code) => ['no connection, so nothing was sent', 'transient', cut(code)] as [string, string, unknown],
  ),
  ['no connection, so nothing was sent', 'transient', fetchFailed('ECONNREFUSED')],
  ['no connection, so nothing was sent', 'transient', new AggregateError([cut('ECONNREFUSED')], '')],
  ...['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'UND_ERR_SOCKET', 'REQUEST_SEND_ERROR'].map(
    (code) => ['cut or out of time, perhaps after it was sent', 'unknown', cut(code)] as [string, string, unknown],
  ),
  ['cut or out of time, perhaps after it was sent', 'unknown', fetchFailed('ECONNRESET')],
  ['cut or out of time, perhaps after it was sent', 'unknown', new DOMException('too long', 'TimeoutError')],
  ['cut or out of time, perhaps after it was sent', 'unknown', new DOMException('aborted', 'AbortError')],
  ['identity refused', 'permanent', Object.assign(new Error('invalid_client'), { name: 'AuthenticationError' })],
  ['anything else', 'unknown', new TypeError('x is not a function')],
  ['anything else', 'unknown', http(507, 'InsufficientStorage')],
];

const copies: readonly [row: string, is: string, code: string, text: string][] = [
  [
    'vault refuses the factory',
    'permanent',
    'VAULT_ACCESS',
    "Failed to get the secret 'db' from the key vault https://kv.vault.azure.net: The operation returned an invalid status code 'Forbidden'",
  ],
  [
    'vault out of reach of the factory',
    'transient',
    'VAULT_UNREACHABLE',
    "Failed to get the secret 'db' from the key vault https://127.0.0.1:7402: connect ECONNREFUSED",
  ],
  [
    'lake refuses the factory',
    'permanent',
    'FACTORY_FAILED',
    "ErrorCode=AdlsGen2OperationFailed,ADLS Gen2 operation failed for: Operation returned an invalid status code 'Forbidden'",
  ],
  [
    'container of the lake absent',
    'permanent',
    'FACTORY_FAILED',
    "ADLS Gen2 operation failed: the file system 'bronze' does not exist (FilesystemNotFound).",
  ],
  ['lake out of reach of the factory', 'transient', 'FACTORY_FAILED', 'ADLS Gen2 operation failed for: 503 ServerBusy'],
  [
    'MySQL 1045',
    'permanent',
    'SOURCE_ACCESS',
    "MySQL error 1045 (ER_ACCESS_DENIED_ERROR) on db:3306/shop: Access denied for user 'etl'@'10.0.0.4' (using password: YES)",
  ],
  [
    'MySQL 1045',
    'permanent',
    'SOURCE_ACCESS',
    "ERROR [HY000] [Microsoft][MariaDB] Access denied for user 'etl'@'10.0.0.4' (using password: YES)",
  ],
  ['MySQL 1044', 'permanent', 'SOURCE_ACCESS', "error 1044: Access denied for user 'etl'@'%' to database 'shop'"],
  [
    'MySQL 1142',
    'permanent',
    'SOURCE_ACCESS',
    "MySQL error 1142 (ER_TABLEACCESS_DENIED_ERROR): SELECT command denied to user 'etl'@'%' for table 'users'",
  ],
  [
    'MySQL 1227',
    'permanent',
    'SOURCE_ACCESS',
    'Error Code: 1227. Access denied; you need (at least one of) the PROCESS privilege(s) for this operation',
  ],
  ['MySQL 1698', 'permanent', 'SOURCE_ACCESS', "ERROR 1698 (28000): Access denied for user 'root'@'localhost'"],
  ['MySQL 1129', 'permanent', 'SOURCE_ACCESS', "error 1129: Host 'x' is blocked because of many connection errors"],
  ['MySQL 1130', 'permanent', 'SOURCE_ACCESS', "Host '10.0.0.4' is not allowed to connect to this MariaDB server"],
  ['MySQL 1820', 'permanent', 'SOURCE_ACCESS', 'ERROR 1820 (HY000): You must reset your password'],
  ['MySQL 1049', 'permanent', 'SOURCE_QUERY', "(1049) Unknown database 'shop'"],
  ['MySQL 1054', 'permanent', 'SOURCE_QUERY', "MySqlException: Unknown column 'u.country' in 'field list'"],
  ['MySQL 1064', 'permanent', 'SOURCE_QUERY', 'errno: 1064 You have an error in your SQL syntax'],
  [
    'MySQL 1146',
    'permanent',
    'SOURCE_QUERY',
    "MySQL error 1146 (ER_NO_SUCH_TABLE) on db:3306/shop: Table 'shop.users' doesn't exist",
  ],
  ['MySQL 1040', 'transient', 'SOURCE_UNREACHABLE', 'ERROR 1040 (HY000): Too many connections'],
  ['MySQL 1053', 'transient', 'SOURCE_UNREACHABLE', 'Server shutdown in progress'],
  ['MySQL 1158', 'transient', 'SOURCE_UNREACHABLE', 'ERROR 1158 (08S01): Got an error reading communication packets'],
  ['MySQL 1159', 'transient', 'SOURCE_UNREACHABLE', 'errno: 1159 Got timeout reading communication packets'],
  ['MySQL 1161', 'transient', 'SOURCE_UNREACHABLE', 'MySQL error 1161 (ER_NET_WRITE_INTERRUPTED)'],
  ['MySQL 1203', 'transient', 'SOURCE_UNREACHABLE', "User etl has already more than 'max_user_connections' active"],
  ['MySQL 1927', 'transient', 'SOURCE_UNREACHABLE', 'MySQL error 1927 (ER_CONNECTION_KILLED): Connection was killed'],
  ['MySQL 1969', 'transient', 'SOURCE_QUERY', 'Query execution was interrupted (max_statement_time exceeded)'],
  ['MySQL 3024', 'transient', 'SOURCE_QUERY', 'maximum statement execution time exceeded'],
  ['MySQL 1205', 'transient', 'SOURCE_QUERY', 'MySQL error 1205 (ER_LOCK_WAIT_TIMEOUT): Lock wait timeout exceeded'],
  ['MySQL 1213', 'transient', 'SOURCE_QUERY', 'Deadlock found when trying to get lock; try restarting transaction'],
  [
    'MySQL 1317',
    'transient',
    'SOURCE_QUERY',
    'MySQL error 1317 (ER_QUERY_INTERRUPTED) on db:3306/shop: Query execution was interrupted',
  ],
  ['MySQL 2002', 'transient', 'SOURCE_UNREACHABLE', "ERROR 2002 (HY000): Can't connect to local server"],
  ['MySQL 2003', 'transient', 'SOURCE_UNREACHABLE', "Can't connect to MySQL server on 'db' (110)"],
  ['MySQL 2006', 'transient', 'SOURCE_UNREACHABLE', 'MySQL server has gone away'],
  [
    'MySQL 2013',
    'transient',
    'SOURCE_UNREACHABLE',
    'SystemError 2200 MySQL error (PROTOCOL_CONNECTION_LOST) on db: Connection lost',
  ],
  [
    'SFTP host key differs',
    'permanent',
    'SOURCE_ACCESS',
    'The SFTP server etl@127.0.0.1:7409 shows the host key SHA256:x, which is not the pinned one. Check the server.',
  ],
  [
    'SFTP login or right refused',
    'permanent',
    'SOURCE_ACCESS',
    'Meet failed login on the SFTP server etl@127.0.0.1:7409: All configured authentication methods failed',
  ],
  [
    'column name that Parquet does not take',
    'permanent',
    'SOURCE_QUERY',
    'UserError 2200 ErrorCode=ParquetInvalidColumnName,The column name is invalid. Column name cannot contain these character:[,;{}()\\n\\t=]',
  ],
  [
    'file that is not what it is declared as',
    'permanent',
    'SOURCE_FILE_REFUSED',
    "UserError 2100 The header of '_raw/s/ab/a.csv' is empty or has an empty or repeated column name: id, id",
  ],
  [
    'file that is not what it is declared as',
    'permanent',
    'SOURCE_FILE_REFUSED',
    'UserError 2200 ErrorCode=DelimitedTextColumnNameNotAllowNull,The name of column index 2 is empty.',
  ],
  ['file or folder of the source absent', 'permanent', 'SOURCE_FILE_ABSENT', 'list: No such file /outgoing/daily'],
  [
    'file or folder of the source absent',
    'permanent',
    'SOURCE_FILE_ABSENT',
    "ErrorCode=UserErrorFileNotFound,The required file or folder 'daily' does not exist",
  ],
  [
    'SSH disconnect',
    'transient',
    'SOURCE_UNREACHABLE',
    'SystemError 2200 Cannot connect to the SFTP server etl@127.0.0.1:7409: ECONNREFUSED connect ECONNREFUSED',
  ],
  ['factory cannot connect', 'transient', 'SOURCE_UNREACHABLE', 'ErrorCode=UserErrorFailedToConnectOdbcSource'],
  [
    'network to the source',
    'transient',
    'SOURCE_UNREACHABLE',
    'SystemError 2100 MySQL error (ECONNREFUSED) on 127.0.0.1:7408/shop: connect ECONNREFUSED 127.0.0.1:7408',
  ],
  [
    'factory at fault by its own account',
    'transient',
    'FACTORY_FAILED',
    'SystemError 2001 The integration runtime was recycled.',
  ],
  [
    'factory at its limits',
    'transient',
    'FACTORY_FAILED',
    'UserError 2011 There are too many concurrent activity runs under this subscription; throttled.',
  ],
  [
    'user at fault by its account',
    'permanent',
    'FACTORY_FAILED',
    'UserError 2200 Column 1045 of 2013 could not be converted',
  ],
  ['anything else', 'unknown', 'FACTORY_FAILED', 'Failed 9999 Something that nobody has ever seen'],
];

const jobs: readonly [row: string, is: string, text: string][] = [
  [
    'two rows for one key in a merge',
    'permanent',
    'CLIENT_ERROR RUN_EXECUTION_ERROR [DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE] Cannot perform Merge',
  ],
  [
    'Delta concurrent change',
    'transient',
    'CLIENT_ERROR RUN_EXECUTION_ERROR io.delta.exceptions.ConcurrentAppendException: Files were added',
  ],
  ['Delta concurrent change', 'transient', '[DELTA_CONCURRENT_TRANSACTION] ConcurrentTransactionException'],
  ['Delta concurrent change', 'transient', '[DELTA_METADATA_CHANGED] The metadata of the Delta table has been changed'],
  [
    'table changed since a statement was planned',
    'transient',
    'CLIENT_ERROR RUN_EXECUTION_ERROR AnalysisException: Unable to resolve n given [id, price, at, _deleted].',
  ],
  [
    'table changed since a statement was planned',
    'transient',
    'AnalysisException: [DELTA_SCHEMA_CHANGE_SINCE_ANALYSIS] The schema of your Delta table has changed in an incompatible way since your DataFrame or DeltaTable object was created.',
  ],
  [
    'table changed since a statement was planned',
    'transient',
    '[INCOMPATIBLE_TABLE_CHANGE_AFTER_ANALYSIS.TABLE_ID_MISMATCH] Detected incompatible changes to table `users`',
  ],
  [
    'file gone while it was read',
    'unknown',
    'CLIENT_ERROR RUN_EXECUTION_ERROR [FAILED_READ_FILE.FILE_NOT_EXIST] Encountered error while reading file abfss://…',
  ],
  ...['FAILED_READ_FILE.DBR_FILE_NOT_EXIST', 'DELTA_CHANGE_DATA_FILE_NOT_FOUND', 'DELTA_FILE_NOT_FOUND_DETAILED'].map(
    (said): [string, string, string] => [
      'file gone while it was read',
      'unknown',
      `CLIENT_ERROR RUN_EXECUTION_ERROR [${said}] File abfss://… cannot be found.`,
    ],
  ),
  ['lake refuses Databricks', 'permanent', 'CLIENT_ERROR STORAGE_ACCESS_ERROR'],
  ['notebook absent', 'permanent', 'CLIENT_ERROR RESOURCE_NOT_FOUND Notebook not found: /Shared/tidemark/x'],
  ['trouble of the cloud or the cluster', 'transient', 'CLOUD_FAILURE DRIVER_ERROR The driver died'],
  ['trouble of the cloud or the cluster', 'transient', 'INTERNAL_ERROR'],
  ['trouble of the cloud or the cluster', 'transient', 'CLIENT_ERROR CLUSTER_REQUEST_LIMIT_EXCEEDED'],
  [
    'run that the workspace does not allow',
    'permanent',
    'CLIENT_ERROR UNAUTHORIZED_ERROR The identity may not attach to the cluster',
  ],
  ['Databricks asks to wait', 'transient', 'CLIENT_ERROR TEMPORARILY_UNAVAILABLE'],
  ['memory of the cluster', 'unknown', 'CLIENT_ERROR RUN_EXECUTION_ERROR java.lang.OutOfMemoryError: Java heap space'],
  ['worker or executor lost', 'transient', 'RUN_EXECUTION_ERROR Job aborted due to stage failure: ExecutorLostFailure'],
  ['network in a notebook', 'transient', 'CLIENT_ERROR RUN_EXECUTION_ERROR java.net.SocketException: Connection reset'],
  [
    'notebook or data at fault',
    'permanent',
    'CLIENT_ERROR RUN_EXECUTION_ERROR ValueError: the catalog has no table users',
  ],
  [
    'notebook or data at fault',
    'permanent',
    'CLIENT_ERROR RUN_EXECUTION_ERROR [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column with name `x` cannot be resolved',
  ],
  [
    'notebook or data at fault',
    'permanent',
    'AnalysisException: [TABLE_OR_VIEW_NOT_FOUND] The table or view `window_rows` cannot be found.',
  ],
  ['anything else', 'unknown', 'CLIENT_ERROR RUN_EXECUTION_ERROR com.example.NeverSeen: odd'],
];

describe('failures of our own calls', () => {
  test.each(calls)('%s is %s', (row, is, error) => {
    const thrown = errorOfCall(FACTORY, 'starting copy', error);
    const patient = is !== 'permanent' && row !== 'anything else';
    expect([classOfCall(error), thrown instanceof TransientError]).toEqual([is, patient]);
    expect(thrown.problem.next).toBe(FAILURES.calls.find(({ name }) => name === row)?.next);
  });

  test('every row of the table has a case here', () => {
    expect(new Set(calls.map(([row]) => row))).toEqual(new Set(FAILURES.calls.map(({ name }) => name)));
  });

  test.each<[string, Origin, unknown, string, boolean]>([
    ['a refused secret', VAULT, http(403, 'Forbidden'), 'VAULT_ACCESS', false],
    ['a vault that is down', VAULT, cut('ECONNREFUSED'), 'VAULT_UNREACHABLE', true],
    ['a throttled vault', VAULT, http(429), 'VAULT_UNREACHABLE', true],
    ['a factory without our pipeline', FACTORY, http(404, 'EntityNotFound'), 'FACTORY_FAILED', false],
    ['a workspace that refuses us', NOTEBOOKS, http(403, 'PERMISSION_DENIED'), 'NOTEBOOK_FAILED', false],
    ['a lake that is down', LAKE, cut('ECONNRESET'), 'INTERNAL', true],
  ])('%s has its own code', (_name, origin, error, code, transient) => {
    expect(errorOfCall(origin, 'calling', error).problem).toMatchObject({ code, transient, where: origin.where });
  });

  test.each([
    ['a call', errorOfCall(FACTORY, 'reading', http(507, 'Odd')).problem],
    ['a copy', problemOfCopy('Failed 9999 odd')],
    ['a notebook', problemOfJob('CLIENT_ERROR odd')],
  ])('%s that failed as nobody knows is tried once more, and tells the raw code', (_name, problem) => {
    expect(problem).toMatchObject({ transient: true, once: true, why: expect.stringMatching(/odd/i) });
  });

  test('an error of ours passes as it is', () => {
    const ours = new ProblemError({ code: 'NOT_FOUND', where: 'x', why: '', next: '', transient: false });
    expect(errorOfCall(LAKE, 'reading', ours)).toBe(ours);
  });
});

describe('failures of factory runs', () => {
  test.each(copies)('%s is %s and %s', (row, is, code, text) => {
    expect(rowFor(FAILURES.copies, { status: 0, code: '', text }).name).toBe(row);
    expect(problemOfCopy(text)).toMatchObject({ code, transient: is !== 'permanent', where: 'Data Factory' });
  });

  test('every row of the table has a case here', () => {
    expect(new Set(copies.map(([row]) => row))).toEqual(new Set(FAILURES.copies.map(({ name }) => name)));
  });

  test('the name of an activity decides nothing', () => {
    expect(problemOfCopy('UserError 2200 odd', 'copy no such file from sftp: ').code).toBe('FACTORY_FAILED');
  });
});

describe('failures of notebook runs', () => {
  test.each(jobs)('%s is %s', (row, is, text) => {
    expect(rowFor(FAILURES.jobs, { status: 0, code: '', text }).name).toBe(row);
    expect(problemOfJob(text)).toMatchObject({ code: 'NOTEBOOK_FAILED', transient: is !== 'permanent' });
  });

  test('every row of the table has a case here', () => {
    expect(new Set(jobs.map(([row]) => row))).toEqual(new Set(FAILURES.jobs.map(({ name }) => name)));
  });
});
