import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isFinished } from '../model';
import type { ApiOptions } from './api';
import { statusAnswer } from './read';
import { runtimeStatus } from './status';
import { managementUrls } from './urls';

/** At most 100 characters, none of `/ \ # ?` or control characters, no `@` in front. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what the service forbids
const VALID_ID = /^(?!@)[^/\\#?\u0000-\u001f\u007f-\u009f]{1,100}$/;

/** POST orchestrators/{name}[/{id}]: starts an instance, and waits for its end when the query has a timeout. */
export async function start(
  request: Request,
  url: URL,
  name: string,
  givenId: string | undefined,
  options: ApiOptions,
): Promise<Response> {
  const { engine, place } = options;
  if (!engine.knows('orchestrator', name)) {
    return text(400, `The function '${name}' doesn't exist, is disabled, or is not an orchestrator function.`);
  }
  const id = givenId ?? randomUUID().replaceAll('-', '');
  if (!VALID_ID.test(id)) return text(400, `'${id}' is no valid instance id`);
  const input = inputText(await request.text());
  if (input === undefined) return text(400, 'the body is not JSON');
  const present = engine.hub.state.instances.get(id);
  if (present !== undefined && !isFinished(present)) {
    if (!options.replaceRunning)
      return text(409, `An instance with ID '${id}' already exists and is ${runtimeStatus(present)}.`);
    await engine.hub.commit({
      t: 'control',
      id,
      what: 'terminate',
      reason: 'replaced by a new start',
      at: new Date().toISOString(),
    });
  }
  const version = url.searchParams.get('version') ?? options.defaultVersion;
  const trace = request.headers.get('traceparent');
  await engine.hub.commit({
    t: 'new',
    id,
    name,
    input,
    at: new Date().toISOString(),
    ...(version === undefined ? {} : { version }),
    ...(trace === null ? {} : { trace }),
  });
  const timeout = Number(url.searchParams.get('timeout') ?? 0);
  if (timeout > 0) {
    await Promise.race([engine.whenFinished(id), pause(timeout * 1000, undefined, { ref: false })]);
    const instance = engine.hub.state.instances.get(id);
    if (instance !== undefined && isFinished(instance)) return outputAnswer(instance, url);
  }
  const urls = managementUrls(place, id);
  return Response.json(urls, {
    status: 202,
    headers: { location: urls['statusQueryGetUri'] ?? '', 'retry-after': '10' },
  });
}

/** JSON text of the input; an empty body is null, as in the service. */
function inputText(body: string): string | undefined {
  if (body === '') return 'null';
  try {
    return JSON.stringify(JSON.parse(body));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function outputAnswer(instance: Parameters<typeof statusAnswer>[0], url: URL): Response {
  if (instance.status !== 'Completed') return statusAnswer(instance, url);
  return new Response(instance.output ?? 'null', { headers: { 'content-type': 'application/json' } });
}

export const text = (status: number, message: string): Response => new Response(message, { status });
