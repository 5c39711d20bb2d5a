import type { ProblemCode } from '../contracts/problem';

/** `unknown`: the effect may have happened, so look before doing it again. */
export type FailureClass = 'transient' | 'permanent' | 'unknown';

/**
 * Where an error was met: in a call of our own, or in the account that a service gave of a failed run.
 * The same words mean different things there: "connection refused" is the service's own in a call, the source's in a run.
 */
export type Seen = 'call' | 'run';

/** One kind of outside failure. The first row that fits an error speaks for it. */
export interface FailureRow {
  readonly name: string;
  readonly seen: Seen | 'both';
  readonly status?: readonly number[];
  /** Fits the code or, in the account of a run, the text. */
  readonly sign?: RegExp;
  readonly is: FailureClass;
  /** `denied` and `unreachable` are the origin's own codes; absent: the origin's general one. */
  readonly code?: ProblemCode | 'denied' | 'unreachable';
  readonly next: string;
}

const WAIT = 'It is tried again by itself. If it stays, look at the health of the service.';
const READ = 'Read the error in the monitor of the service, cure it, and run again.';

/** A MySQL error as drivers print it: by number in the company of "error" or in brackets, or by name. */
const mysql = (number: number, name: string, text = '$^'): RegExp =>
  new RegExp(
    String.raw`(?:err(?:or|no)?|code|mysql)[ _]?(?:code|number|no)?["']?[^\w]{0,4}${number}\b|[([]${number}[)\]]|\b${name}\b|${text}`,
    'i',
  );

/** Every outside failure that we tell apart, the most telling first. The last row fits all. */
export const FAILURES: readonly FailureRow[] = [
  // Key Vault, met by Data Factory on our behalf: before the general 403, which names no service.
  {
    name: 'vault refuses the factory',
    seen: 'run',
    sign: /key ?vault[\s\S]*(forbidden|403|access ?denied|SecretNotFound|unauthori[sz]ed)|AzureKeyVaultAccessDenied/i,
    is: 'permanent',
    code: 'VAULT_ACCESS',
    next: 'Give the identity of the service the role Key Vault Secrets User on the vault, and check that the secret is there and enabled.',
  },
  {
    name: "vault out of the factory's reach",
    seen: 'run',
    sign: /key ?vault[\s\S]*(refused|timed? ?out|unreachable|unavailable|50\d|429|reset)/i,
    is: 'transient',
    code: 'VAULT_UNREACHABLE',
    next: WAIT,
  },

  // MySQL: https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html
  {
    name: 'MySQL 1045 access denied',
    seen: 'run',
    sign: mysql(1045, 'ER_ACCESS_DENIED_ERROR', 'access denied for user'),
    is: 'permanent',
    code: 'SOURCE_ACCESS',
    next: 'Check the user of the connection and its password in Key Vault.',
  },
  {
    name: 'MySQL 1044 no right to the database',
    seen: 'run',
    sign: mysql(1044, 'ER_DBACCESS_DENIED_ERROR'),
    is: 'permanent',
    code: 'SOURCE_ACCESS',
    next: 'Grant the user SELECT on the database.',
  },
  {
    name: 'MySQL 1142 no right to the table',
    seen: 'run',
    sign: mysql(1142, 'ER_TABLEACCESS_DENIED_ERROR', 'command denied to user'),
    is: 'permanent',
    code: 'SOURCE_ACCESS',
    next: 'Grant the user SELECT on the table.',
  },
  {
    name: 'MySQL 1227 privilege missing',
    seen: 'run',
    sign: mysql(1227, 'ER_SPECIFIC_ACCESS_DENIED_ERROR'),
    is: 'permanent',
    code: 'SOURCE_ACCESS',
    next: 'Grant the user the privilege that is named, or choose readPoint.by lag in the catalog.',
  },
  {
    name: 'MySQL 1054 unknown column',
    seen: 'run',
    sign: mysql(1054, 'ER_BAD_FIELD_ERROR', 'unknown column'),
    is: 'permanent',
    code: 'SOURCE_QUERY',
    next: 'Compare the columns in the catalog with those of the table.',
  },
  {
    name: 'MySQL 1064 not SQL',
    seen: 'run',
    sign: mysql(1064, 'ER_PARSE_ERROR'),
    is: 'permanent',
    code: 'SOURCE_QUERY',
    next: 'Check the names of table and columns in the catalog.',
  },
  {
    name: 'MySQL 1146 no such table',
    seen: 'run',
    sign: mysql(1146, 'ER_NO_SUCH_TABLE'),
    is: 'permanent',
    code: 'SOURCE_QUERY',
    next: 'Check the name of the table and the database of the connection.',
  },
  {
    name: 'MySQL 1049 no such database',
    seen: 'run',
    sign: mysql(1049, 'ER_BAD_DB_ERROR'),
    is: 'permanent',
    code: 'SOURCE_QUERY',
    next: 'Check the database of the connection in the catalog.',
  },
  {
    name: 'MySQL 1040 too many connections',
    seen: 'run',
    sign: mysql(1040, 'ER_CON_COUNT_ERROR', 'too many connections'),
    is: 'transient',
    code: 'SOURCE_UNREACHABLE',
    next: WAIT,
  },
  {
    name: 'MySQL 1205 lock wait',
    seen: 'run',
    sign: mysql(1205, 'ER_LOCK_WAIT_TIMEOUT'),
    is: 'transient',
    code: 'SOURCE_QUERY',
    next: WAIT,
  },
  {
    name: 'MySQL 1213 deadlock',
    seen: 'run',
    sign: mysql(1213, 'ER_LOCK_DEADLOCK'),
    is: 'transient',
    code: 'SOURCE_QUERY',
    next: WAIT,
  },
  {
    name: 'MySQL 2002, 2003, 2005 no connection',
    seen: 'run',
    sign: mysql(2003, 'CR_CONN_HOST_ERROR', String.raw`\((?:2002|2005)\)|can't connect to (?:mysql|mariadb|server)`),
    is: 'transient',
    code: 'SOURCE_UNREACHABLE',
    next: WAIT,
  },
  {
    name: 'MySQL 2006 server gone',
    seen: 'run',
    sign: mysql(2006, 'CR_SERVER_GONE_ERROR', 'server has gone away'),
    is: 'transient',
    code: 'SOURCE_UNREACHABLE',
    next: WAIT,
  },
  {
    name: 'MySQL 2013 connection lost',
    seen: 'run',
    sign: mysql(2013, 'CR_SERVER_LOST', 'lost connection to|PROTOCOL_CONNECTION_LOST'),
    is: 'transient',
    code: 'SOURCE_UNREACHABLE',
    next: WAIT,
  },

  // SSH and SFTP: status 2 is "no such file", 3 "permission denied" (draft-ietf-secsh-filexfer-02, section 7).
  {
    name: 'host key differs',
    seen: 'run',
    sign: /host ?key[\s\S]*(mismatch|differ|not match|verif|invalid|denied)|InvalidHostKey|HostKeyFingerprint/i,
    is: 'permanent',
    code: 'SOURCE_ACCESS',
    next: 'Ask the owner of the server whether its key was changed; only then put the new fingerprint into CONNECTIONS.',
  },
  {
    name: 'SFTP login refused',
    seen: 'run',
    sign: /SftpAuthenticationFail\w*|all configured authentication methods failed|sftp[\s\S]*(auth\w* fail|permission denied|login)/i,
    is: 'permanent',
    code: 'SOURCE_ACCESS',
    next: 'Check the user of the connection, its secret in Key Vault and its rights on the folder.',
  },
  {
    name: 'SFTP file or folder absent',
    seen: 'run',
    sign: /SftpPathNotFound|no such file|no such path|UserError(Source)?(FileNotFound|PathNotFound)|(file|folder|path)\b[^.|]{0,200}\b(does not exist|not found)/i,
    is: 'permanent',
    code: 'SOURCE_FILE_ABSENT',
    next: 'Check the folder and the pattern in the catalog, or ask the sender for the file.',
  },
  {
    name: 'SSH disconnect',
    seen: 'run',
    sign: /(ssh|sftp)[\s\S]*(disconnect|connection (lost|closed|aborted)|handshake|keepalive|not connected)|SftpConnection\w*|FailedToConnectToSftp\w*/i,
    is: 'transient',
    code: 'SOURCE_UNREACHABLE',
    next: WAIT,
  },

  // Delta Lake: https://docs.delta.io/latest/concurrency-control.html
  {
    name: 'Delta concurrent change',
    seen: 'run',
    sign: /Concurrent\w*Exception|DELTA_CONCURRENT_\w+|MetadataChangedException|ProtocolChangedException/,
    is: 'transient',
    next: WAIT,
  },
  {
    name: 'two rows for one key in a merge',
    seen: 'run',
    sign: /DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE/,
    is: 'permanent',
    next: 'Check that the key of the table in the catalog is unique in the source.',
  },

  // Data Factory and Databricks on their own behalf.
  {
    name: 'lake refuses the service',
    seen: 'run',
    sign: /(adls ?gen2|AzureBlobFS|abfss?:|storage)[\s\S]*(forbidden|403|AuthorizationPermissionMismatch|AuthorizationFailure)|STORAGE_ACCESS_ERROR/i,
    is: 'permanent',
    next: 'Give the identity of the service the role Storage Blob Data Contributor on the lake.',
  },
  {
    name: 'factory cannot connect',
    seen: 'run',
    sign: /UserErrorFailedToConnect\w*|FailedToConnect\w*|FailedDbConnection\w*/,
    is: 'transient',
    code: 'SOURCE_UNREACHABLE',
    next: WAIT,
  },
  {
    name: 'factory at fault by its own account',
    seen: 'run',
    sign: /\bSystemError\w*|InternalServerError|ActivityTimeout|OperationTimedOut/,
    is: 'transient',
    next: WAIT,
  },
  {
    name: 'Databricks cloud or cluster trouble',
    seen: 'run',
    sign: /\b(CLOUD_FAILURE|INTERNAL_ERROR|DRIVER_ERROR|CLUSTER_ERROR|CLUSTER_REQUEST_LIMIT_EXCEEDED|WORKSPACE_RUN_LIMIT_EXCEEDED|MAX_CONCURRENT_RUNS_(EXCEEDED|REACHED)|MAXIMUM_CONCURRENT_RUNS_REACHED|TIMEDOUT|SKIPPED)\b/,
    is: 'transient',
    next: WAIT,
  },
  {
    name: 'Databricks asks to wait',
    seen: 'both',
    sign: /\b(TEMPORARILY_UNAVAILABLE|REQUEST_LIMIT_EXCEEDED|RESOURCE_EXHAUSTED)\b/,
    is: 'transient',
    next: WAIT,
  },

  // The network, met by a service on the way to the source.
  {
    name: 'source unreachable by network',
    seen: 'run',
    sign: /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE|connection (was )?(refused|reset|timed out|closed)|actively refused|no route to host|socket hang up/i,
    is: 'transient',
    code: 'SOURCE_UNREACHABLE',
    next: WAIT,
  },

  // HTTP, in calls of our own. 401 comes here after the credential was refreshed once.
  {
    name: 'HTTP 408, 425, 429 wait',
    seen: 'call',
    status: [408, 425, 429],
    is: 'transient',
    code: 'unreachable',
    next: WAIT,
  },
  {
    name: 'HTTP 500 to 504 service fault',
    seen: 'call',
    status: [500, 502, 503, 504],
    is: 'unknown',
    code: 'unreachable',
    next: WAIT,
  },
  { name: 'HTTP 501, 505 not offered', seen: 'call', status: [501, 505], is: 'permanent', next: READ },
  {
    name: 'HTTP 401, 403 denied',
    seen: 'call',
    status: [401, 403],
    is: 'permanent',
    code: 'denied',
    next: 'Check the identity of the app and its role on the service.',
  },
  {
    name: 'HTTP 404 absent',
    seen: 'call',
    status: [404],
    is: 'permanent',
    next: 'Check the name and the address in the settings, and that it was deployed.',
  },
  {
    name: 'HTTP 409, 412 other state',
    seen: 'call',
    status: [409, 412],
    is: 'permanent',
    next: 'Look at what is there already, and run again.',
  },
  {
    name: 'HTTP 4xx refused',
    seen: 'call',
    status: [400, 402, 405, 406, 410, 411, 413, 414, 415, 416, 422],
    is: 'permanent',
    next: READ,
  },

  // The network, in calls of our own: before a connection stands nothing was sent, after it all may have been.
  {
    name: 'no connection',
    seen: 'call',
    sign: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|endpoints_resolution_error|network_error|CredentialUnavailable/,
    is: 'transient',
    code: 'unreachable',
    next: WAIT,
  },
  {
    name: 'cut or out of time',
    seen: 'call',
    sign: /ECONNRESET|ETIMEDOUT|ESOCKETTIMEDOUT|EPIPE|UND_ERR_\w+|REQUEST_SEND_ERROR|AbortError|TimeoutError|socket hang up|aborted|terminated|fetch failed|premature close/i,
    is: 'unknown',
    code: 'unreachable',
    next: WAIT,
  },
  {
    name: 'identity refused',
    seen: 'call',
    sign: /AuthenticationError|AuthenticationRequiredError|invalid_client|AADSTS\d+/,
    is: 'permanent',
    code: 'denied',
    next: 'Check CREDENTIAL, AZURE_CLIENT_ID, AZURE_TENANT_ID and the secret of the principal.',
  },

  { name: 'anything else', seen: 'both', is: 'permanent', next: READ },
];
