import { randomUUID } from 'node:crypto';
import type { HttpMethod, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { z } from 'zod';
import { RunId } from '../shared/contracts/ids';
import type { ProblemCode } from '../shared/contracts/problem';
import type { Run } from '../shared/contracts/run';
import { ProblemError, WaitError } from '../shared/errors';
import { problem } from '../shared/problem';
import type { Access, Caller, Role } from './access';
import type { Services } from './services';

/** One route of the HTTP API. */
export interface Route {
  readonly name: string;
  readonly method: HttpMethod;
  /** Below /api/v1. */
  readonly path: string;
  /** The least role, or null for everybody. */
  readonly role: Role | null;
  /** What its parameters behind the `?` must be; none when absent. */
  readonly query?: z.ZodObject;
  /** What the body must be; none when absent. */
  readonly takes?: z.ZodType;
  /** The media type of a body that is text and is judged by the handler. */
  readonly takesText?: string;
  /** What a success answers; a file when absent. */
  readonly answers?: z.ZodType;
  readonly handle: (call: Call) => Promise<HttpResponseInit>;
}

export interface Call {
  readonly request: HttpRequest;
  readonly context: InvocationContext;
  readonly services: Services;
  readonly caller: Caller;
}

const NOBODY: Caller = { actor: 'anonymous', role: 'Reader' };

const STATUS: Partial<Record<ProblemCode, number>> = {
  AUTH_MISSING: 401,
  AUTH_INVALID: 401,
  AUTH_ROLE: 403,
  REQUEST_INVALID: 400,
  NOT_FOUND: 404,
  CATALOG_INVALID: 422,
  CATALOG_ABSENT: 409,
  SOURCE_BUSY: 409,
  RUN_ENDED: 409,
  RUN_ACTIVE: 409,
  KEY_REUSED: 409,
  PLAN_STALE: 409,
  WINDOW_CONFLICT: 409,
  WATERMARK_AHEAD: 409,
  FULL_LOAD_UNASKED: 409,
  CURSOR_INVALID: 400,
};

/** Answers a route: access first, then the handler; every failure becomes problem+json with a correlation id. */
export const answer =
  (route: Route, services: Services, access: Access) =>
  async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    try {
      const caller = route.role === null ? NOBODY : await access(request.headers as unknown as Headers, route.role);
      return await route.handle({ request, context, services, caller });
    } catch (error) {
      const correlation = randomUUID();
      const found = asProblem(error);
      const status = STATUS[found.code] ?? (found.transient ? 503 : 500);
      if (status >= 500) context.error(`${correlation} ${route.name}:`, error);
      return {
        status,
        headers: {
          'content-type': 'application/problem+json',
          ...(error instanceof WaitError && { 'retry-after': String(error.seconds) }),
        },
        body: JSON.stringify({ problem: found, correlation }),
      };
    }
  };

function asProblem(error: unknown) {
  if (error instanceof ProblemError) return error.problem;
  return problem('INTERNAL', 'API', 'something failed here.', 'Look for the correlation id in the log.', true);
}

/** 200 with a body that its schema has checked: what the API promises is what it sends. */
export const json = <T>(schema: z.ZodType<T>, body: NoInfer<T>, status = 200): HttpResponseInit => ({
  status,
  jsonBody: schema.parse(body),
});

export const notFound = (what: string): ProblemError =>
  new ProblemError(
    problem('NOT_FOUND', what, 'it is not known here.', 'Check the name; the lists show what there is.'),
  );

/** What came with a request, as its schema takes it. @throws ProblemError REQUEST_INVALID */
export function understood<T extends z.ZodType>(schema: T, asked: unknown): z.infer<T> {
  const parsed = schema.safeParse(asked);
  if (parsed.success) return parsed.data;
  const why = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
  const next = 'Correct the request; /api/v1/openapi.json describes it.';
  throw new ProblemError(problem('REQUEST_INVALID', 'request', `${why}.`, next));
}

/** The body as its schema takes it; none is an empty object. @throws ProblemError REQUEST_INVALID */
export async function bodyOf<T extends z.ZodType>({ request }: Call, schema: T): Promise<z.infer<T>> {
  const text = await request.text();
  let body: unknown = {};
  try {
    if (text !== '') body = JSON.parse(text);
  } catch {
    throw new ProblemError(
      problem('REQUEST_INVALID', 'request', 'its body is no JSON.', '/api/v1/openapi.json describes it.'),
    );
  }
  return understood(schema, body);
}

/** The parameters behind the `?` as their schema takes them. @throws ProblemError REQUEST_INVALID */
export const queryOf = <T extends z.ZodType>({ query }: HttpRequest, schema: T): z.infer<T> =>
  understood(schema, Object.fromEntries(query));

/** The run that a path names. @throws ProblemError REQUEST_INVALID when it is no run id */
function runOf(request: HttpRequest): string {
  const id = RunId.safeParse(parameter(request, 'run'));
  if (id.success) return id.data;
  throw new ProblemError(
    problem('REQUEST_INVALID', 'run', `${id.error.issues[0]?.message}.`, 'Take an id from the list of runs.'),
  );
}

/** The run that a path names, as it is recorded. @throws ProblemError REQUEST_INVALID or NOT_FOUND */
export async function runNamed({ request, services }: Call): Promise<Run> {
  const id = runOf(request);
  const run = await services.ports.runs.get(id);
  if (!run) throw notFound(`run ${id}`);
  return run;
}

/** A route parameter that the template guarantees. */
export const parameter = (request: HttpRequest, name: string): string => request.params[name] ?? '';
