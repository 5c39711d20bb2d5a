import { type Instance, isFinished } from '../model';
import type { ApiOptions } from './api';
import { chosenBy } from './filter';
import { start, text } from './start';

const now = (): string => new Date().toISOString();

/** POST instances/{id}/raiseEvent/{name} */
export async function raiseEvent(
  request: Request,
  instance: Instance,
  name: string,
  { engine }: ApiOptions,
): Promise<Response> {
  // The client library keeps events and task ids in one table: a numeric name would complete a task.
  if (/^\d+$/.test(name)) return text(400, `the event name '${name}' is purely numeric; give it a name with a letter`);
  const body = await request.text();
  if (!isJson(body)) return text(400, 'the event data is not JSON');
  if (isFinished(instance)) return text(410, 'the instance has ended');
  await engine.hub.commit({ t: 'event', id: instance.id, name, at: now(), ...(body === '' ? {} : { input: body }) });
  return new Response(null, { status: 202 });
}

function isJson(body: string): boolean {
  if (body === '') return true;
  try {
    JSON.parse(body);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** POST instances/{id}/terminate, suspend or resume */
export async function control(
  instance: Instance,
  what: 'terminate' | 'suspend' | 'resume',
  url: URL,
  { engine }: ApiOptions,
): Promise<Response> {
  if (isFinished(instance)) return text(410, 'the instance has ended');
  await engine.hub.commit({
    t: 'control',
    id: instance.id,
    what,
    reason: url.searchParams.get('reason') ?? '',
    at: now(),
  });
  return new Response(null, { status: 202 });
}

/** POST instances/{id}/restart: the same function and input again, under a new id unless the query says otherwise. */
export function restart(request: Request, instance: Instance, url: URL, options: ApiOptions): Promise<Response> {
  const isSame = url.searchParams.get('restartWithNewInstanceId')?.toLowerCase() === 'false';
  const again = new Request(request.url, { method: 'POST', body: instance.input });
  return start(again, new URL(request.url), instance.name, isSame ? instance.id : undefined, options);
}

/** Rewinding needs task ids to be reopened; only its refusals are imitated. */
export const rewind = (instance: Instance): Response =>
  instance.status === 'Failed'
    ? text(501, 'rewind is not imitated by the local host; use restart')
    : text(412, 'The rewind operation is only supported on failed orchestration instances.');

/** DELETE instances/{id}: only an ended instance is removed. */
export async function purge(instance: Instance, { engine }: ApiOptions): Promise<Response> {
  if (!isFinished(instance)) return Response.json({ instancesDeleted: 0 });
  await engine.hub.commit({ t: 'purge', ids: [instance.id] });
  return Response.json({ instancesDeleted: 1 });
}

/** DELETE instances/?createdTimeFrom=… */
export async function purgeMany(url: URL, { engine }: ApiOptions): Promise<Response> {
  if (!url.searchParams.has('createdTimeFrom'))
    return text(400, "Please provide value for 'createdTimeFrom' parameter.");
  const chosen = [...engine.hub.state.instances.values()].filter(isFinished).filter(chosenBy(url.searchParams));
  if (chosen.length === 0) return text(404, 'no instance matches');
  await engine.hub.commit({ t: 'purge', ids: chosen.map(({ id }) => id) });
  return Response.json({ instancesDeleted: chosen.length });
}
