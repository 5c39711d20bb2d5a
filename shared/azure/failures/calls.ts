import { BUSY, type FailureRow, READ, REST, WAIT } from './row';

/** Failures of our own calls: by status where an answer came, by the network's words where none did. */
export const CALLS: readonly FailureRow[] = [
  {
    name: 'the service asks to wait',
    sign: BUSY,
    is: 'transient',
    code: 'unreachable',
    next: WAIT,
  },
  { name: 'HTTP 408, 425, 429', status: [408, 425, 429], is: 'transient', code: 'unreachable', next: WAIT },
  { name: 'HTTP 500, 502 to 504', status: [500, 502, 503, 504], is: 'unknown', code: 'unreachable', next: WAIT },
  { name: 'HTTP 501, 505', status: [501, 505], is: 'permanent', next: READ },
  {
    name: 'HTTP 401, 403', // 401 comes here after the token was renewed
    status: [401, 403],
    is: 'permanent',
    code: 'denied',
    next: 'Check the identity of the app and its role on the service.',
  },
  {
    name: 'HTTP 404',
    status: [404],
    is: 'permanent',
    next: 'Check the name and the address in the settings, and that it was deployed.',
  },
  {
    name: 'a path that is being deleted',
    // https://learn.microsoft.com/rest/api/storageservices/data-lake-storage-gen2#error-codes
    sign: /\b(Source|Destination)PathIsBeingDeleted\b/,
    is: 'transient',
    code: 'unreachable',
    next: WAIT,
  },
  {
    name: 'HTTP 409, 412',
    status: [409, 412],
    is: 'permanent',
    next: 'Look at what is there already, and run again.',
  },
  {
    name: 'other HTTP 4xx',
    status: [400, 402, 405, 406, 410, 411, 413, 414, 415, 416, 422, 431],
    is: 'permanent',
    next: READ,
  },
  {
    name: 'certificate that is not trusted',
    sign: /\bCERT_\w+|SELF_SIGNED_CERT\w*|DEPTH_ZERO_SELF\w*|UNABLE_TO_(VERIFY|GET_ISSUER)\w*|ERR_TLS_CERT_ALTNAME_INVALID/,
    is: 'permanent',
    code: 'unreachable',
    next: 'Check the address in the settings, and which authorities the app trusts.',
  },
  {
    name: 'no connection, so nothing was sent',
    sign: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|endpoints_resolution_error|network_error|CredentialUnavailable/,
    is: 'transient',
    code: 'unreachable',
    next: WAIT,
  },
  {
    name: 'cut or out of time, perhaps after it was sent',
    sign: /ECONNRESET|ETIMEDOUT|ESOCKETTIMEDOUT|EPIPE|UND_ERR_\w+|REQUEST_SEND_ERROR|AbortError|TimeoutError|socket hang up|aborted|terminated|fetch failed|premature close|received less data/i,
    is: 'unknown',
    code: 'unreachable',
    next: WAIT,
  },
  {
    name: 'identity refused',
    sign: /AuthenticationError|AuthenticationRequiredError|invalid_client|AADSTS\d+/,
    is: 'permanent',
    code: 'denied',
    next: 'Check CREDENTIAL, AZURE_CLIENT_ID, AZURE_TENANT_ID and the secret of the principal.',
  },
  REST,
];
