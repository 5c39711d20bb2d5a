import type { Governor } from './governor';
import { parseJson } from './json';

const DEADLINE_MS = 30_000;
const TRIES = 4;

/** An answer that is not a success, in the shape in which failures are told apart. */
export class RestError extends Error {
  override readonly name = 'RestError';
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
  }
}

export interface RestCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** JSON text; composed by hand where a number is wider than JavaScript's. */
  readonly body?: string;
  /** `again` asks for a token other than the one that was refused. */
  readonly token: (again: boolean) => Promise<string>;
  readonly governor: Governor;
}

/**
 * One call that bears repeating, as its governor lets it: a pause that the service asks for is waited out where it is
 * short, and a refused token is renewed once.
 * @throws RestError with status and code; WaitError; what `fetch` throws when no answer came
 */
export async function restCall(call: RestCall): Promise<unknown> {
  let renewed = false;
  for (let tries = 1; ; tries += 1) {
    await call.governor.pass();
    const response = await send(call, renewed);
    const text = await response.text();
    const busy = call.governor.heard(response.status, response.headers.get('retry-after'));
    if (response.ok) return parseJson(text === '' ? '{}' : text);
    const stale: boolean = response.status === 401 && !renewed;
    renewed ||= stale;
    if (!stale && !(busy && tries < TRIES)) throw refusal(response.status, text);
  }
}

async function send({ method, url, body, token }: RestCall, renewed: boolean): Promise<Response> {
  const headers = { authorization: `Bearer ${await token(renewed)}`, 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(DEADLINE_MS);
  return fetch(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
}

/** Databricks says `error_code` and `message`; a gateway before it says HTML. */
function refusal(status: number, text: string): RestError {
  try {
    const { error_code: code, message } = parseJson(text) as Record<string, unknown>;
    return new RestError(status, String(code ?? ''), String(message ?? text));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return new RestError(status, '', text);
  }
}
