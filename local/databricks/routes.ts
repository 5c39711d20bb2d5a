import { z } from 'zod';
import type { Cluster } from './cluster';
import { ACTIVE_TASKS, CLUSTER_ID, PAGE } from './limits';
import { isOver, type RunRecord } from './record';
import { invalid, Refusal } from './refusal';
import type { Scheduler } from './scheduler';
import type { Store } from './store';
import { Submit } from './submit';
import { outputView, runView } from './view';

/** One call: what it was given, and who asks. */
export interface Call {
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly caller: string;
}
export type Route = (call: Call) => unknown;

interface Workspace {
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly cluster: Cluster;
  readonly url: string;
}

const RunId = z.coerce.number().int().positive();
const Cancel = z.strictObject({ run_id: RunId });
const ClusterId = z.strictObject({ cluster_id: z.string() });
const List = z.object({
  active_only: z.stringbool().default(false),
  completed_only: z.stringbool().default(false),
  limit: z.coerce.number().int().min(1).max(PAGE).default(20),
  page_token: z.coerce.number().int().default(0),
});

/** Jobs API 2.2 and Clusters API 2.1, as far as notebooks of a pipeline need them; keys leave the version out. */
export function routes({ store, scheduler, cluster, url }: Workspace): Record<string, Route> {
  const find = (query: URLSearchParams): RunRecord => {
    const id = parse(RunId, query.get('run_id'), 'run_id');
    const run = store.find(id);
    if (!run) throw invalid(`Run ${id} does not exist.`);
    return run;
  };
  const own = (id: string) => {
    if (id !== CLUSTER_ID) throw invalid(`Cluster ${id} does not exist`);
    return cluster;
  };
  const submit = async (body: unknown, creator: string) => {
    const wanted = parse(Submit, body, 'the body');
    const known = wanted.idempotency_token === undefined ? undefined : store.byToken(wanted.idempotency_token);
    if (!known) admit(wanted);
    const run = known ?? record(wanted, creator, store.nextId);
    // A repeat is answered only when the first one has reached the disk.
    await store.save(store.find(run.runId) ?? run);
    scheduler.wake();
    return { run_id: run.runId };
  };
  const admit = (wanted: Submit) => {
    const active = store.all().flatMap((run) => run.tasks.filter((task) => task.progress.kind !== 'ended')).length;
    if (active + wanted.tasks.length > ACTIVE_TASKS && !wanted.queue.enabled) {
      throw new Refusal(429, 'REQUEST_LIMIT_EXCEEDED', 'The workspace has reached its limit of active runs; wait.');
    }
  };
  return {
    'POST jobs/runs/submit': ({ body, caller }) => submit(body, caller),
    'GET jobs/runs/get': ({ query }) => runView(find(query), url),
    'GET jobs/runs/get-output': ({ query }) => {
      const id = parse(RunId, query.get('run_id'), 'run_id');
      for (const run of store.all()) {
        const task = run.tasks.find((one) => one.runId === id);
        if (task) return outputView(run, task);
      }
      if (!store.find(id)) throw invalid(`Run ${id} does not exist.`);
      throw invalid('Retrieving the output of runs with multiple tasks is not supported; ask for a task run.');
    },
    'POST jobs/runs/cancel': ({ body }) => {
      const { run_id: id } = parse(Cancel, body, 'the body');
      if (!store.find(id)) throw invalid(`Run ${id} does not exist.`);
      scheduler.cancel(id);
      return {};
    },
    'GET jobs/runs/list': ({ query }) => {
      const ask = parse(List, Object.fromEntries(query), 'the query');
      const newest = [...store.all()].sort((a, b) => b.runId - a.runId);
      const asked = newest.filter((run) => !(ask.active_only && isOver(run)) && !(ask.completed_only && !isOver(run)));
      const page = asked.slice(ask.page_token, ask.page_token + ask.limit);
      const next = ask.page_token + ask.limit;
      const more = next < asked.length;
      return {
        runs: page.map((run) => runView(run, url, false)),
        has_more: more,
        ...(more ? { next_page_token: String(next) } : {}),
      };
    },
    'POST clusters/start': ({ body }) => {
      const it = own(parse(ClusterId, body, 'the body').cluster_id);
      if (it.state !== 'TERMINATED')
        throw new Refusal(400, 'INVALID_STATE', `Cluster ${CLUSTER_ID} is in unexpected state ${it.state}.`);
      it.start();
      return {};
    },
    'POST clusters/delete': ({ body }) => {
      own(parse(ClusterId, body, 'the body').cluster_id).terminate();
      return {};
    },
    'GET clusters/get': ({ query }) => own(query.get('cluster_id') ?? '').view(),
    'GET clusters/list': () => ({ clusters: [cluster.view()] }),
  };
}

function parse<T extends z.ZodType>(schema: T, value: unknown, what: string): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalid(`${what}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

const record = (wanted: Submit, creator: string, nextId: () => number): RunRecord => ({
  runId: nextId(),
  name: wanted.run_name,
  token: wanted.idempotency_token ?? null,
  creator,
  created: Date.now(),
  queued: wanted.queue.enabled,
  timeoutSeconds: wanted.timeout_seconds,
  cancelled: false,
  tasks: wanted.tasks.map((task) => ({
    runId: nextId(),
    key: task.task_key,
    notebook: task.notebook_task.notebook_path,
    parameters: task.notebook_task.base_parameters,
    after: task.depends_on.map((before) => before.task_key),
    timeoutSeconds: task.timeout_seconds,
    progress: { kind: 'waiting' },
  })),
});
