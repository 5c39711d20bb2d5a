import type { Hono } from 'hono';
import { Pipeline } from '../definition/pipeline';
import { type Factory, StartRefused } from '../engine/factory';
import { parseJson } from '../expression/json';
import { ExpressionError, isObject, type ValueObject } from '../expression/value';
import type { Definitions } from '../store/definitions';
import type { Runs } from '../store/runs';
import { armError } from './armError';
import { activityFields, page, pipelineFields, RunFilter } from './filter';
import { json } from './json';
import { adopted } from './recovery';

/** Starting, looking at and cancelling runs. */
export function runRoutes(app: Hono, base: string, definitions: Definitions, runs: Runs, factory: Factory): void {
  const absent = (runId: string) => armError(404, 'PipelineRunNotFound', `The pipeline run '${runId}' is not known.`);

  app.post(`${base}/pipelines/:name/createRun`, async (c) => {
    const name = c.req.param('name') ?? '';
    const stored = definitions.get('pipelines', name);
    if (!stored) return armError(404, 'EntityNotFound', `The pipeline '${name}' does not exist.`);
    try {
      const earlier = c.req.query('referencePipelineRunId');
      if (earlier !== undefined) return json({ runId: recover(stored.name, earlier, c.req.query()) });
      const given = parameters(await c.req.text());
      const by = { id: '', name: 'Manual', invokedByType: 'Manual' };
      return json({ runId: factory.start(stored.name, given, by).runId });
    } catch (error) {
      if (error instanceof StartRefused) return armError(error.status, error.code, error.message);
      if (error instanceof ExpressionError)
        return armError(400, 'BadRequest', `The parameters cannot be read: ${error.message}`);
      throw error;
    }
  });

  function recover(name: string, earlier: string, query: Record<string, string>): string {
    const run = runs.get(earlier);
    const start = runs.start(earlier);
    const stored = definitions.get('pipelines', name);
    if (!run || !start || !stored || run.pipelineName !== name)
      throw new StartRefused('BadRequest', `The run '${earlier}' is no run of '${name}'.`);
    const activity = query['startActivityName'];
    const from = { ...(activity === undefined ? {} : { activity }), failure: query['startFromFailure'] === 'true' };
    const pipeline = Pipeline.parse(stored.properties);
    if (activity !== undefined && !pipeline.activities.some((one) => one.name === activity))
      throw new StartRefused('BadRequest', `'${name}' has no activity '${activity}'.`);
    const kept = adopted(runs, run.runId, pipeline, from);
    const group = query['isRecovery'] === 'true' ? run.runGroupId : undefined;
    return factory.rerun(run.runId, group, start.parameters, kept, name);
  }

  app.get(`${base}/pipelineruns/:id`, (c) => {
    const run = runs.get(c.req.param('id') ?? '');
    return run ? json({ id: `${c.req.path}`, ...run }) : absent(c.req.param('id') ?? '');
  });

  app.post(`${base}/pipelineruns/:id/cancel`, (c) => {
    const id = c.req.param('id') ?? '';
    if (!runs.get(id)) return absent(id);
    factory.cancel(id, c.req.query('isRecursive') === 'true');
    return new Response(null, { status: 200 });
  });

  async function query(text: string, answer: (filter: RunFilter) => Response): Promise<Response> {
    const filter = RunFilter.safeParse(JSON.parse(text || '{}'));
    return filter.success
      ? answer(filter.data)
      : armError(400, 'BadRequest', `The filter is not valid: ${filter.error.message}`);
  }

  app.post(`${base}/queryPipelineRuns`, async (c) =>
    query(await c.req.text(), (filter) => json(page(runs.list(), filter, pipelineFields, (run) => run.lastUpdated))),
  );

  app.post(`${base}/pipelineruns/:id/queryActivityruns`, async (c) => {
    const id = c.req.param('id') ?? '';
    if (!runs.get(id)) return absent(id);
    return query(await c.req.text(), (filter) =>
      json(page(runs.activities(id), filter, activityFields, (run) => run.activityRunEnd ?? new Date().toISOString())),
    );
  });
}

function parameters(text: string): ValueObject {
  const value = text.trim() === '' ? {} : parseJson(text);
  if (isObject(value)) return value;
  throw new ExpressionError('they are not an object');
}
