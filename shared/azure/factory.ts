import type { DataFactoryManagementClient, PipelineRun, RunFilterParameters } from '@azure/arm-datafactory';
import type { TokenCredential } from '@azure/identity';
import type { Factory, FactoryRun } from '../ports/factory';
import { problem } from '../problem';
import { activitiesOf, failureOf } from './factoryRun';
import { classOfCall, FACTORY, guarded } from './failure';
import { governed } from './governed';
import { governor } from './governor';
import { lazy } from './lazy';
import { LIMITS } from './limits';
import { type ListedRun, startOnce } from './startOnce';
import { errorStatus } from './symptom';
import { together } from './together';

const SCOPE = 'https://management.azure.com/.default';
const DEADLINE_MS = 60_000;
/** Clocks differ, and the service writes `lastUpdated` a little after the fact. */
const SKEW_MS = 5 * 60_000;

const ENDED = new Set(['Succeeded', 'Failed', 'Cancelled']);
const UNDER_WAY = ['Queued', 'InProgress', 'Canceling'];
/** Longer than this no run lasts: an activity may take seven days. */
const LONGEST_RUN_MS = 8 * 24 * 3_600_000;

export interface FactoryOptions {
  /** Resource manager, without a path. */
  readonly endpoint: string;
  /** /subscriptions/…/resourceGroups/…/providers/Microsoft.DataFactory/factories/… */
  readonly id: string;
  readonly credential: TokenCredential;
  readonly now: () => Date;
  /** How long a list of runs under way is believed. */
  readonly freshMs: number;
}

/** Data Factory through its resource manager API. */
export function dataFactory({ endpoint, id, credential, now, freshMs }: FactoryOptions): Factory {
  const { subscription, group, name } = partsOf(id);
  const governors = {
    reads: governor(FACTORY, LIMITS.factoryReads),
    writes: governor(FACTORY, LIMITS.factoryWrites),
    queries: governor(FACTORY, LIMITS.factoryQueries),
  };
  const made = (options: object) =>
    lazy(async (): Promise<DataFactoryManagementClient> => {
      const { DataFactoryManagementClient: Client } = await import('@azure/arm-datafactory');
      const always = {
        endpoint,
        credentialScopes: SCOPE,
        ...governed(({ method, url }) => governors[kindOf(method, url)]),
      };
      return new Client(credential, subscription, { ...always, ...options });
    });
  const client = made({});
  // The SDK would repeat createRun after a 503 or a cut.
  const starter = made({ retryOptions: { maxRetries: 0 } });
  const within = () => ({ abortSignal: AbortSignal.timeout(DEADLINE_MS) });
  const until = () => new Date(now().getTime() + SKEW_MS);

  const runsSince = (since: Date, operand: 'PipelineName' | 'Status', values: string[]): Promise<PipelineRun[]> => {
    const filters = [{ operand, operator: 'In', values }];
    const filter: RunFilterParameters = { lastUpdatedAfter: since, lastUpdatedBefore: until(), filters };
    return paged(async (token) =>
      (await client()).pipelineRuns.queryByFactory(group, name, next(filter, token), within()),
    );
  };
  const runsOf = async (pipeline: string, since: Date): Promise<ListedRun[]> => {
    const runs = await runsSince(since, 'PipelineName', [pipeline]);
    return runs.flatMap(({ runId, runStart, parameters }) => (runId ? [{ runId, runStart, parameters }] : []));
  };

  const underWay = together(
    async () => {
      const runs = await runsSince(new Date(now().getTime() - LONGEST_RUN_MS), 'Status', UNDER_WAY);
      return new Set(runs.flatMap(({ runId }) => runId ?? []));
    },
    freshMs,
    () => now().getTime(),
  );

  return {
    start: (pipeline, parameters, key, since) =>
      guarded(FACTORY, `starting ${pipeline}`, async () => {
        const from = new Date(Date.parse(since) - SKEW_MS);
        const create = async (): Promise<string> => {
          const options = { ...within(), parameters: { ...parameters, runKey: key } };
          return (await (await starter()).pipelines.createRun(group, name, pipeline, options)).runId;
        };
        return startOnce(pipeline, key, () => runsOf(pipeline, from), create);
      }),

    look: (run) =>
      guarded(FACTORY, `reading run ${run}`, async (): Promise<FactoryRun> => {
        if (await underWay(run)) return { kind: 'running' };
        const found = await (await client()).pipelineRuns.get(group, name, run, within()).catch((error: unknown) => {
          if (errorStatus(error) === 404) return null;
          throw error;
        });
        if (!found) return { kind: 'failed', problem: forgotten(run), activities: [] };
        if (found.status === 'Cancelled') return { kind: 'cancelled' };
        if (!ENDED.has(found.status ?? '')) return { kind: 'running' };
        const filter = {
          lastUpdatedAfter: new Date((found.runStart?.getTime() ?? 0) - SKEW_MS),
          lastUpdatedBefore: until(),
        };
        const raw = await paged(async (token) =>
          (await client()).activityRuns.queryByPipelineRun(group, name, run, next(filter, token), within()),
        );
        const activities = activitiesOf(raw);
        if (found.status === 'Succeeded') return { kind: 'succeeded', activities };
        return { kind: 'failed', problem: failureOf(found.message ?? '', raw), activities };
      }),

    cancel: (run) =>
      guarded(FACTORY, `cancelling run ${run}`, async () => {
        const { pipelineRuns } = await client();
        try {
          await pipelineRuns.cancel(group, name, run, { isRecursive: true, ...within() });
        } catch (error) {
          // A run that came to its end meanwhile cannot be cancelled, and need not be.
          if (classOfCall(error) !== 'permanent') throw error;
          const { status = '' } = await pipelineRuns.get(group, name, run, within());
          if (!ENDED.has(status)) throw error;
        }
      }),
  };
}

const kindOf = (method: string, url: string): 'reads' | 'writes' | 'queries' =>
  /\/query(Pipeline|Activity)Runs\b/i.test(url) ? 'queries' : method === 'GET' ? 'reads' : 'writes';

const next = (filter: RunFilterParameters, token: string | undefined): RunFilterParameters =>
  token ? { ...filter, continuationToken: token } : filter;

/** All pages of a query; the SDK has no iterator for them. */
async function paged<T>(
  page: (token: string | undefined) => Promise<{ value: T[]; continuationToken?: string }>,
): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const { value, continuationToken } = await page(token);
    all.push(...value);
    token = continuationToken || undefined;
  } while (token);
  return all;
}

function partsOf(id: string): { subscription: string; group: string; name: string } {
  const shape =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.DataFactory\/factories\/([^/]+)\/?$/i;
  const [, subscription, group, name] = shape.exec(id) ?? [];
  if (subscription && group && name) return { subscription, group, name };
  throw new Error(`FACTORY_ID is not the resource id of a data factory: ${id}`);
}

const forgotten = (run: string) =>
  problem('FACTORY_FAILED', FACTORY.where, `The factory knows no run ${run}.`, 'A new attempt starts another.', true);
