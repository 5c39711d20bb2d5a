import { randomUUID } from 'node:crypto';
import { Pipeline } from '../definition/pipeline';
import { textOf } from '../expression/text';
import { fromJs, type ValueObject } from '../expression/value';
import { limits } from '../limits';
import { type InvokedBy, isOver, type PipelineRun } from '../store/records';
import { runActivities } from './activity';
import type { RunContext, Services } from './context';
import { type Failure, failureOf } from './failure';
import { bind } from './parameters';
import { STOPPED } from './stopped';

/** Why a run could not be started; `code` is the service's. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

interface Live {
  readonly runId: string;
  readonly pipeline: Pipeline;
  readonly abort: AbortController;
  readonly returned: ValueObject;
  readonly ended: Promise<PipelineRun>;
  begin(): void;
  settle(run: PipelineRun): void;
}

/** Begins, queues, recovers and cancels runs. */
export interface Factory {
  start: Services['start'];
  rerun(
    runId: string,
    group: string | undefined,
    parameters: ValueObject,
    adopted: Record<string, ValueObject>,
    pipeline: string,
  ): string;
  cancel(runId: string, recursive: boolean): void;
  returned: Services['returned'];
  /** Stops everything under way without a record: what is running is found and ended at the next start. */
  stop(): Promise<void>;
}

/** @param most runs of all pipelines that may be under way at once */
export function factory(services: () => Services, most: number): Factory {
  const live = new Map<string, Live>();
  const results = new Map<string, ValueObject>();
  const { runs, definitions } = services();
  const beside = (name: string) => [...live.values()].filter((one) => runs.get(one.runId)?.pipelineName === name);

  function open(
    name: string,
    given: ValueObject,
    by: InvokedBy,
    group?: string,
    adopted: Record<string, ValueObject> = {},
  ) {
    const stored = definitions.get('pipelines', name);
    if (!stored) throw new StartRefused('EntityNotFound', `The pipeline '${name}' does not exist.`);
    const pipeline = Pipeline.parse(stored.properties);
    const bound = bind(pipeline.parameters, given, `the pipeline '${stored.name}'`);
    if (bound.kind === 'refused') throw new StartRefused('BadRequest', bound.reason);
    if (live.size >= most)
      throw new StartRefused(
        'TooManyRequests',
        `The factory has ${live.size} runs under way, the limit is ${most}.`,
        429,
      );
    const queued = beside(stored.name).filter((one) => runs.get(one.runId)?.status === 'Queued').length;
    if (queued >= limits.queuedRunsPerPipeline)
      throw new StartRefused(
        'BadRequest',
        `The pipeline '${stored.name}' has ${queued} queued runs, the limit is ${limits.queuedRunsPerPipeline}.`,
      );
    const runId = randomUUID();
    const shown = Object.fromEntries(Object.entries(bound.values).map(([key, value]) => [key, textOf(value)]));
    const now = new Date().toISOString();
    const run: PipelineRun = {
      runId,
      runGroupId: group ?? runId,
      isLatest: true,
      pipelineName: stored.name,
      parameters: shown,
      invokedBy: by,
      status: 'Queued',
      message: '',
      runStart: now,
      runEnd: null,
      durationInMs: null,
      lastUpdated: now,
    };
    runs.open(run, { parameters: bound.values, adopted });
    let settle: Live['settle'] = () => undefined;
    const ended = new Promise<PipelineRun>((resolve) => {
      settle = resolve;
    });
    const one: Live = {
      runId,
      pipeline,
      abort: new AbortController(),
      returned: {},
      ended,
      begin: () => void execute(one),
      settle,
    };
    live.set(runId, one);
    next(stored.name);
    return { runId, ended };
  }

  /** Begins queued runs of a pipeline as far as its concurrency lets them, oldest first. */
  function next(name: string): void {
    const all = beside(name);
    const running = all.filter((one) => runs.get(one.runId)?.status !== 'Queued').length;
    const most = all[0]?.pipeline.concurrency ?? Number.POSITIVE_INFINITY;
    const queued = all.filter((one) => runs.get(one.runId)?.status === 'Queued');
    for (const one of queued.slice(0, Math.max(0, most - running))) {
      runs.update(one.runId, { status: 'InProgress' });
      one.begin();
    }
  }

  async function execute(one: Live): Promise<void> {
    // Answers to the caller come first: nothing of the run happens before its id was handed out.
    await new Promise((resolve) => setImmediate(resolve));
    const run = runs.get(one.runId) as PipelineRun;
    const variables = new Map(
      Object.entries(one.pipeline.variables).map(([name, { type, defaultValue }]) => [
        name.toLowerCase(),
        fromJs(defaultValue ?? (type === 'Array' ? [] : null)),
      ]),
    );
    const start = runs.start(one.runId) ?? { parameters: {}, adopted: {} };
    const context: RunContext = {
      services: services(),
      run,
      start,
      variables,
      returned: one.returned,
      signal: one.abort.signal,
    };
    let failure: Failure | undefined;
    try {
      const outcome = await runActivities(context, one.pipeline.activities, { results: new Map(), iteration: '' });
      if (outcome.status === 'Failed') failure = outcome.error;
    } catch (error) {
      if (!one.abort.signal.aborted) failure = failureOf(error, run.pipelineName, 'Pipeline');
    }
    if (one.abort.signal.reason === STOPPED) return;
    finish(one, one.abort.signal.aborted ? 'Cancelled' : failure ? 'Failed' : 'Succeeded', failure);
  }

  function finish(one: Live, status: 'Cancelled' | 'Failed' | 'Succeeded', failure?: Failure): void {
    const { runStart, pipelineName } = runs.get(one.runId) as PipelineRun;
    const end = new Date();
    const message =
      status === 'Failed' && failure ? `Operation on target ${failure.target} failed: ${failure.message}` : '';
    results.set(one.runId, one.returned);
    const run = runs.update(one.runId, {
      status,
      message,
      runEnd: end.toISOString(),
      durationInMs: end.getTime() - Date.parse(runStart),
    });
    live.delete(one.runId);
    one.settle(run);
    next(pipelineName);
  }

  return {
    start: (pipeline, parameters, by) => open(pipeline, parameters, by),
    rerun: (runId, group, parameters, adopted, pipeline) =>
      open(pipeline, parameters, { id: runId, name: 'Manual', invokedByType: 'Manual' }, group, adopted).runId,
    returned: (runId) => results.get(runId) ?? {},
    cancel(runId, recursive) {
      const one = live.get(runId);
      const run = runs.get(runId);
      if (!one || !run || isOver(run.status)) return;
      const children = runs.list().filter((child) => child.invokedBy.pipelineRunId === runId);
      if (recursive) for (const child of children) this.cancel(child.runId, true);
      if (run.status === 'Queued') return finish(one, 'Cancelled');
      runs.update(runId, { status: 'Canceling' });
      one.abort.abort(new Error('the run was cancelled'));
    },
    async stop() {
      for (const one of live.values()) one.abort.abort(STOPPED);
    },
  };
}
