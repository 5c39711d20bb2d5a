import { type Instance, isFinished } from '../model';
import type { ApiOptions } from './api';
import { chosenBy } from './filter';
import { statusOf } from './status';

const isTrue = (url: URL, name: string, fallback: boolean): boolean =>
  (url.searchParams.get(name) ?? String(fallback)).toLowerCase() === 'true';

/** 202 while it runs, 200 at the end, 500 for a failure if the caller asked for that. */
export function statusAnswer(instance: Instance, url: URL): Response {
  const body = statusOf(instance, {
    input: isTrue(url, 'showInput', true),
    history: isTrue(url, 'showHistory', false),
    historyOutput: isTrue(url, 'showHistoryOutput', false),
  });
  if (!isFinished(instance)) {
    return Response.json(body, { status: 202, headers: { location: url.href, 'retry-after': '5' } });
  }
  const isError = instance.status === 'Failed' && isTrue(url, 'returnInternalServerErrorOnFailure', false);
  return Response.json(body, { status: isError ? 500 : 200 });
}

/** Longest page of a list. */
const PAGE = 1000;

/** GET instances/: all that the query chooses, in pages tied by an opaque header. */
export function list(request: Request, url: URL, { engine }: ApiOptions): Response {
  const chosen = [...engine.hub.state.instances.values()].filter(chosenBy(url.searchParams));
  const from = Number(request.headers.get('x-ms-continuation-token') ?? 0);
  const size = Number(url.searchParams.get('top') ?? PAGE) || PAGE;
  const shown = { input: isTrue(url, 'showInput', true), history: false, historyOutput: false };
  const page = chosen.slice(from, from + size).map((instance) => statusOf(instance, shown));
  const headers: Record<string, string> =
    from + size < chosen.length ? { 'x-ms-continuation-token': String(from + size) } : {};
  return Response.json(page, { headers });
}
