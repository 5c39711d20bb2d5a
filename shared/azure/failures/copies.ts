import { MYSQL } from './mysql';
import { BUSY, type FailureRow, NETWORK, READ, REST, WAIT } from './row';

/** Failures of factory runs, by the words of their activities. What is ours comes before what is the source's. */
export const COPIES: readonly FailureRow[] = [
  {
    name: 'vault refuses the factory',
    sign: /key ?vault[\s\S]*(forbidden|403|access ?denied|SecretNotFound|not found|unauthori[sz]ed|disabled)|AzureKeyVaultAccessDenied/i,
    is: 'permanent',
    code: 'VAULT_ACCESS',
    next: 'Give the factory the role Key Vault Secrets User on the vault, and check that the secret is there and enabled.',
  },
  {
    name: 'vault out of reach of the factory',
    sign: new RegExp(
      `key ?vault[\\s\\S]*(refused|timed? ?out|unreachable|unavailable|\\b50\\d\\b|\\b429\\b|fetch failed|${NETWORK.source})`,
      'i',
    ),
    is: 'transient',
    code: 'VAULT_UNREACHABLE',
    next: WAIT,
  },
  {
    name: 'lake refuses the factory',
    sign: /(adls ?gen2|AzureBlobFS|AdlsGen2)[\s\S]*(forbidden|403|AuthorizationPermissionMismatch|AuthorizationFailure)/i,
    is: 'permanent',
    next: 'Give the factory the role Storage Blob Data Contributor on the lake.',
  },
  {
    name: 'container of the lake absent',
    sign: /FilesystemNotFound|ContainerNotFound/,
    is: 'permanent',
    next: 'Deploy the containers of the lake.',
  },
  {
    name: 'lake out of reach of the factory',
    sign: new RegExp(
      `(adls ?gen2|AzureBlobFS|AdlsGen2)[\\s\\S]*(\\b50[0234]\\b|ServerBusy|OperationTimedOut|${NETWORK.source})`,
      'i',
    ),
    is: 'transient',
    next: WAIT,
  },
  {
    name: 'column name that Parquet does not take',
    sign: /ParquetInvalidColumnName/,
    is: 'permanent',
    code: 'SOURCE_QUERY',
    next: 'Give the column a name without white space and , ; { } ( ) = at the source, or read a view that does.',
  },
  ...MYSQL,
  {
    name: 'SFTP host key differs',
    sign: /host ?key[\s\S]*(mismatch|differ|not match|not the pinned|verif|invalid|denied)|InvalidHostKey|SftpHostKey\w*/i,
    is: 'permanent',
    code: 'SOURCE_ACCESS',
    next: 'Ask the owner of the server whether its key was changed; only then put the new fingerprint into CONNECTIONS.',
  },
  {
    name: 'SFTP login or right refused',
    sign: /SftpAuthenticationFail\w*|SftpPermissionDenied|all configured authentication methods failed|failed login on the sftp|sftp[\s\S]*(auth\w* fail|permission denied)|permission denied[\s\S]*sftp/i,
    is: 'permanent',
    code: 'SOURCE_ACCESS',
    next: 'Check the user of the connection, its secret in Key Vault and its rights on the folder.',
  },
  {
    name: 'file or folder of the source absent',
    sign: /SftpPathNotFound|no such (file|path|directory)|UserError\w*(File|Path)NotFound|(file|folder|path)\b[^.|]{0,200}\b(does not exist|not found|is not there)/i,
    is: 'permanent',
    code: 'SOURCE_FILE_ABSENT',
    next: 'Check the folder and the pattern in the catalog, or ask the sender for the file.',
  },
  {
    name: 'file that is not what it is declared as',
    sign: /The header of '|cannot be read at line|The zip archive |DelimitedText\w+|incorrect header check|unexpected end of file|encoded data was not valid|InvalidCompressionData/,
    is: 'permanent',
    code: 'SOURCE_FILE_REFUSED',
    next: 'Ask the sender for a corrected file, or correct the format in the catalog and run the source by hand.',
  },
  {
    name: 'SSH disconnect',
    sign: /(ssh|sftp)[\s\S]*(disconnect|connection lost|handshake|keepalive|not connected|no response)|cannot connect to the sftp|SftpConnection\w*/i,
    is: 'transient',
    code: 'SOURCE_UNREACHABLE',
    next: WAIT,
  },
  {
    name: 'factory cannot connect',
    sign: /(UserError)?FailedToConnect\w*|FailedDbConnection\w*/,
    is: 'transient',
    code: 'SOURCE_UNREACHABLE',
    next: WAIT,
  },
  { name: 'network to the source', sign: NETWORK, is: 'transient', code: 'SOURCE_UNREACHABLE', next: WAIT },
  {
    name: 'factory at fault by its own account',
    sign: /\bSystemError\w*|InternalServerError|OperationTimedOut|ServiceUnavailable/,
    is: 'transient',
    next: WAIT,
  },
  { name: 'factory at its limits', sign: BUSY, is: 'transient', next: WAIT },
  { name: 'user at fault by its account', sign: /\bUserError\w*/, is: 'permanent', next: READ },
  REST,
];
