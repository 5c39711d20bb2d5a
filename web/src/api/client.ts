import { clock } from '../clock/clock';
import type { ProblemBody } from './answers';
import { ApiError } from './apiError';
import { session } from './session';

const BASE = '/api/v1';

function proof(): Record<string, string> {
  const credential = session.credential();
  if (credential === null) return {};
  if (credential.kind === 'key') return { 'x-functions-key': credential.value };
  return { authorization: `Bearer ${credential.value}` };
}

const unreachable = (path: string, cause: unknown) =>
  new ApiError(
    {
      code: 'INTERNAL',
      where: path,
      why: `the API did not answer (${cause instanceof Error ? cause.message : String(cause)}).`,
      next: 'Check that the function app is running and reachable from here; this page keeps asking.',
      transient: true,
    },
    0,
    '',
  );

async function refusal(path: string, response: Response): Promise<ApiError> {
  const correlation = response.headers.get('x-correlation-id') ?? '';
  if (/^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '')) {
    const body: Partial<ProblemBody> = await response.json();
    if (body.problem) return new ApiError(body.problem, response.status, body.correlation ?? correlation);
  }
  const problem = {
    code: 'INTERNAL',
    where: path,
    why: `the API answered ${response.status} ${response.statusText}, without saying why.`,
    next: 'Look at the log of the function app.',
    transient: response.status >= 500,
  } as const;
  return new ApiError(problem, response.status, correlation);
}

async function call(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      ...init,
      headers: { ...proof(), ...init.headers },
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw unreachable(path, cause);
  }
  clock.follow(response.headers.get('date'));
  if (response.ok) return response;
  const error = await refusal(path, response);
  if (response.status === 401) session.refuse(session.credential() === null ? '' : error.problem.why);
  throw error;
}

/** The HTTP API. Every failure is an ApiError with a problem to show, save an aborted call, which is an AbortError. */
export const client = {
  get: async <T>(path: string, signal?: AbortSignal): Promise<T> =>
    (await call(path, { headers: { accept: 'application/json' }, signal: signal ?? null })).json(),
  /** `cause` names the wish, so that asking twice is one wish. */
  post: async <T>(path: string, body: unknown, cause: string): Promise<T> =>
    (
      await call(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', 'idempotency-key': cause },
        body: JSON.stringify(body),
      })
    ).json(),
  file: async (path: string): Promise<Blob> => (await call(path, { headers: { accept: 'text/csv' } })).blob(),
};
