/** Why an activity failed, in the service's shape. */
export interface Failure {
  readonly errorCode: string;
  readonly message: string;
  /** `SystemError` is the service's own trouble and may pass; `UserError` needs somebody to change something. */
  readonly failureType: 'UserError' | 'SystemError';
  readonly target: string;
  readonly details: unknown;
}

/**
 * A failure that an activity understood. An empty code becomes that of the activity's type; anything else thrown is
 * wrapped by {@link failureOf}.
 */
export class ActivityError extends Error {
  override readonly name = 'ActivityError';
  readonly code: string;
  readonly failureType: Failure['failureType'];
  constructor(code: string, message: string, failureType: Failure['failureType'] = 'UserError', cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.failureType = failureType;
  }
}

/** Codes of the service's troubleshooting page, by activity type. */
const CODES: Record<string, string> = {
  Copy: '2200',
  Lookup: '2100',
  GetMetadata: '2100',
  Delete: '2100',
  WebActivity: '2108',
};

const TRANSIENT = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
]);

/** Puts anything thrown by an activity into the service's shape. */
export function failureOf(error: unknown, target: string, type: string): Failure {
  const fields = { target, details: [] };
  if (error instanceof ActivityError)
    return {
      errorCode: error.code || (CODES[type] ?? '2001'),
      message: error.message,
      failureType: error.failureType,
      ...fields,
    };
  if (error instanceof Error && error.name === 'ExpressionError')
    return {
      errorCode: 'InvalidTemplate',
      message: `Unable to process template language expressions of '${target}': ${error.message}`,
      failureType: 'UserError',
      ...fields,
    };
  const code = (error as { code?: unknown })?.code;
  const transient = typeof code === 'string' && TRANSIENT.has(code);
  const message = error instanceof Error ? error.message : String(error);
  return {
    errorCode: CODES[type] ?? '2001',
    message: transient && !message.includes(code) ? `${code}: ${message}` : message,
    failureType: transient ? 'SystemError' : 'UserError',
    ...fields,
  };
}
