import { z } from 'zod';
import { type Catalogue, typeOf } from '../catalogue';
import type { RunTriggered } from '../runTriggered';
import type { Timer } from '../timer/timer';

export interface AdminOptions {
  readonly catalogue: Catalogue;
  readonly timers: readonly Timer[];
  readonly run: RunTriggered;
  /** Runs a promise that outlives the answer, so that a stop waits for it. */
  track(work: Promise<unknown>): void;
  drain(): void;
  state(): 'Running' | 'Draining' | 'Drained';
}

const Body = z.object({ input: z.unknown().optional() });

/**
 * The administration endpoints that tools use: host status, list, run a function by hand, drain.
 * https://learn.microsoft.com/azure/azure-functions/functions-manually-run-non-http
 */
export async function admin(request: Request, path: string, options: AdminOptions): Promise<Response> {
  const call = `${request.method} ${path}`;
  if (call === 'GET host/status') {
    return Response.json({
      state: options.state() === 'Running' ? 'Running' : 'Offline',
      version: '4',
      processUptime: Math.round(process.uptime() * 1000),
    });
  }
  if (call === 'POST host/drain') {
    options.drain();
    return new Response(null, { status: 202 });
  }
  if (call === 'GET host/drain/status') {
    const state = { Running: 'Disabled', Draining: 'InProgress', Drained: 'Completed' }[options.state()];
    return Response.json({ state });
  }
  if (call === 'GET functions') {
    return Response.json(
      options.catalogue.all.map((called) => ({ name: called.metadata.name, trigger: typeOf(called) })),
    );
  }
  const name = /^POST functions\/([^/]+)$/.exec(call)?.[1];
  if (name !== undefined) return runByHand(request, decodeURIComponent(name), options);
  return new Response(`${request.method} /admin/${path} is not imitated by the local host`, { status: 501 });
}

async function runByHand(
  request: Request,
  name: string,
  { catalogue, timers, run, track }: AdminOptions,
): Promise<Response> {
  const called = catalogue.all.find(({ metadata }) => metadata.name.toLowerCase() === name.toLowerCase());
  if (called === undefined) return new Response(`no function is called '${name}'`, { status: 404 });
  if (['httptrigger', 'orchestrationtrigger'].includes(typeOf(called))) {
    return new Response(`'${name}' is not run by hand: call its route, or start it through the durable API`, {
      status: 400,
    });
  }
  const timer = timers.find((candidate) => candidate.name === called.metadata.name);
  const text = await request.text();
  const { input } = Body.parse(text === '' ? {} : JSON.parse(text));
  const data =
    timer === undefined
      ? { string: typeof input === 'string' ? input : JSON.stringify(input ?? null) }
      : { json: timer.input() };
  // The caller is not told of a failure, as in the real host; the log is.
  track(run(called, data).catch(() => undefined));
  return new Response(null, { status: 202 });
}
