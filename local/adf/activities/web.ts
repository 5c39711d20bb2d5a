import { spanMs } from '../engine/duration';
import { ActivityError } from '../engine/failure';
import { parseJson } from '../expression/json';
import { isObject, type Value } from '../expression/value';
import type { WorkOf } from './works';

/** Calls an HTTP endpoint, with the factory's identity if asked. */
export const web: WorkOf<'WebActivity'> = async (request, { context, signal }) => {
  const { url, method, headers, body, authentication, httpRequestTimeout } = request;
  const token = authentication
    ? { authorization: `Bearer ${await context.services.token(authentication.resource)}` }
    : {};
  const content =
    body === undefined || method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(spanMs(httpRequestTimeout))]);
  const answer = await fetch(url, { method, headers: { ...headers, ...token }, ...content, signal: limit }).catch(
    (cause: Error) => {
      signal.throwIfAborted();
      throw new ActivityError(
        '2108',
        `Error calling the endpoint '${url}': ${(cause.cause as Error | undefined)?.message ?? cause.message}`,
        'SystemError',
        cause,
      );
    },
  );
  const text = await answer.text();
  if (!answer.ok)
    throw new ActivityError(
      '2108',
      `Error calling the endpoint '${url}'. Response status code: ${answer.status}. ${text.slice(0, 1000)}`,
    );
  return { ...bodyOf(text), ADFWebActivityResponseHeaders: Object.fromEntries(answer.headers) };
};

/** JSON objects become the output itself, anything else its `Response`. */
function bodyOf(text: string): Record<string, Value> {
  let parsed: Value = text;
  try {
    parsed = parseJson(text);
  } catch {
    parsed = text;
  }
  return isObject(parsed) ? parsed : { Response: parsed };
}
