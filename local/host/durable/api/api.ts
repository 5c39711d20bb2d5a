import type { Engine } from '../engine';
import { control, purge, purgeMany, raiseEvent, restart, rewind } from './change';
import { list, statusAnswer } from './read';
import { start, text } from './start';
import type { ApiPlace } from './urls';

export interface ApiOptions {
  readonly engine: Engine;
  readonly place: ApiPlace;
  readonly defaultVersion: string | undefined;
  /** `overridableExistingInstanceStates: AnyState` */
  readonly replaceRunning: boolean;
}

/**
 * The HTTP API of the Durable Functions extension, for a path without its base.
 * https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api
 */
export async function durableApi(request: Request, path: string, options: ApiOptions): Promise<Response> {
  const url = new URL(request.url);
  const [collection, id, operation, name] = path.split('/').map(decodeURIComponent);
  const refuse = (): Response => text(501, `${request.method} ${path} is not imitated by the local host`);
  if (collection === 'orchestrators' && request.method === 'POST' && id)
    return start(request, url, id, operation, options);
  if (collection !== 'instances') return refuse();
  if (!id) {
    if (request.method === 'GET') return list(request, url, options);
    return request.method === 'DELETE' ? purgeMany(url, options) : refuse();
  }
  const instance = options.engine.hub.state.instances.get(id);
  if (instance === undefined) return text(404, `No instance with ID '${id}' found.`);
  const call = `${request.method} ${operation ?? ''}`.trim();
  switch (call) {
    case 'GET':
      return statusAnswer(instance, url);
    case 'DELETE':
      return purge(instance, options);
    case 'POST raiseEvent':
      return raiseEvent(request, instance, name ?? '', options);
    case 'POST terminate':
      return control(instance, 'terminate', url, options);
    case 'POST suspend':
      return control(instance, 'suspend', url, options);
    case 'POST resume':
      return control(instance, 'resume', url, options);
    case 'POST restart':
      return restart(request, instance, url, options);
    case 'POST rewind':
      return rewind(instance);
    default:
      return refuse();
  }
}
