import { ZodError } from 'zod';
import { triggerOf } from '../core/trigger';
import { type ApiOptions, durableApi } from '../durable/api/api';
import { type EventGridOptions, eventGrid } from '../events/eventGrid';
import type { Invoke } from '../invoke';
import type { Log } from '../log/logger';
import { type AdminOptions, admin } from './admin';
import { callFunction } from './callFunction';
import { type Keys, keyOf, opensAdmin, opensFunction, opensSystem } from './keys';
import type { RouteTable } from './routeTable';

export interface RouterOptions {
  readonly routes: RouteTable;
  readonly invoke: Invoke;
  readonly log: Log;
  readonly streamTo: string | undefined;
  /** Undefined switches key checks off, as local development tools do. */
  readonly keys: Keys | undefined;
  readonly admin: AdminOptions;
  readonly eventGrid: EventGridOptions;
  readonly durable: ApiOptions;
}

const refused = (): Response => new Response(null, { status: 401 });

/** Leads a request to the administration, a webhook, or a function of the app. */
export function router(options: RouterOptions): (request: Request) => Promise<Response> {
  const { keys, log } = options;
  const lead = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const key = keyOf(request, url);
    const path = url.pathname.replace(/^\/+/, '');
    if (path.startsWith('admin/')) {
      // Health is asked for before anyone can know a key.
      const isOpen = keys === undefined || path === 'admin/host/status' || opensAdmin(keys, key);
      return isOpen ? admin(request, path.slice('admin/'.length), options.admin) : refused();
    }
    const hook = /^runtime\/webhooks\/([^/]+)\/?(.*)$/i.exec(path);
    if (hook !== null) {
      const extension = (hook[1] ?? '').toLowerCase();
      if (keys !== undefined && !opensSystem(keys, extension, key)) return refused();
      if (extension === 'durabletask') return durableApi(request, hook[2] ?? '', options.durable);
      if (extension === 'eventgrid') return eventGrid(request, options.eventGrid);
      return new Response(`the webhook ${extension} is not imitated by the local host`, { status: 501 });
    }
    const matched = options.routes(request.method, path);
    if (matched === undefined) return new Response(null, { status: 404 });
    const { metadata } = matched.called;
    if (keys !== undefined && !opensFunction(keys, triggerOf(metadata)['authLevel'], metadata.name, key))
      return refused();
    return callFunction(request, matched, options.invoke, log, options.streamTo);
  };
  return async (request) => {
    try {
      return await lead(request);
    } catch (error) {
      log(
        'error',
        'Host.General',
        `${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}`,
      );
      const isMalformed = error instanceof SyntaxError || error instanceof ZodError || error instanceof URIError;
      return new Response(error instanceof Error ? error.message : String(error), { status: isMalformed ? 400 : 500 });
    }
  };
}
