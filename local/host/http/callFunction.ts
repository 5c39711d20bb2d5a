import type { Invoke } from '../invoke';
import type { Log } from '../log/logger';
import { LARGEST_BODY, requestData } from './requestData';
import { responseOf } from './responseOf';
import type { Matched } from './routeTable';
import { streamedCall } from './streamedCall';

/** Runs an HTTP function; one that throws answers 500 with an empty body, and the log has the reason. */
export async function callFunction(
  request: Request,
  matched: Matched,
  invoke: Invoke,
  log: Log,
  streamTo?: string,
): Promise<Response> {
  const { name } = matched.called.metadata;
  try {
    if (streamTo !== undefined) return await streamedCall(streamTo, request, matched, invoke);
    const body = new Uint8Array(await request.arrayBuffer());
    if (body.length > LARGEST_BODY) return new Response(null, { status: 413 });
    const traceParent = request.headers.get('traceparent') ?? undefined;
    const answer = await invoke(matched.called, { data: requestData(request, matched.params, body), traceParent });
    return responseOf((await answer.response()).returnValue);
  } catch (error) {
    log('error', `Function.${name}`, error instanceof Error ? (error.stack ?? error.message) : String(error), {
      functionName: name,
    });
    return new Response(null, { status: 500 });
  }
}
