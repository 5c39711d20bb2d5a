import { setTimeout as pause } from 'node:timers/promises';
import { parseJson } from './json';

const DEADLINE_MS = 30_000;
const TRIES = 4;
/** What one call may spend on waiting before it is left to the durable retry. */
const PATIENCE_MS = 20_000;
const FIRST_WAIT_MS = 500;

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
}

/**
 * One call that bears repeating. 429 and 503 are waited out as Retry-After says, within 20 s; a refused token is
 * renewed once.
 * @throws RestError with status and code; what `fetch` throws when no answer came
 */
export async function restCall(call: RestCall, wait: (ms: number) => Promise<unknown> = pause): Promise<unknown> {
  let waited = 0;
  let renewed = false;
  for (let tries = 1; ; tries += 1) {
    const response = await send(call, renewed);
    const text = await response.text();
    if (response.ok) return parseJson(text === '' ? '{}' : text);
    if (response.status === 401 && !renewed) {
      renewed = true;
      continue;
    }
    const delay = delayOf(response, tries);
    const busy = response.status === 429 || response.status === 503;
    if (!busy || tries >= TRIES || waited + delay > PATIENCE_MS) throw refusal(response.status, text);
    waited += delay;
    await wait(delay);
  }
}

async function send({ method, url, body, token }: RestCall, renewed: boolean): Promise<Response> {
  const headers = { authorization: `Bearer ${await token(renewed)}`, 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(DEADLINE_MS);
  return fetch(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
}

function delayOf({ headers }: Response, tries: number): number {
  const asked = headers.get('retry-after');
  if (asked === null) return FIRST_WAIT_MS * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
  const seconds = Number(asked);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(asked) - Date.now();
  return Number.isNaN(ms) ? FIRST_WAIT_MS : Math.max(ms, 0);
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
