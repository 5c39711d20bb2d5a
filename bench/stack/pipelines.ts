import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { askToken } from '../../local/supervisor/provision/deployer';
import { factoryId, type Stack, urlOf } from '../../local/supervisor/stack';

const Created = z.object({ runId: z.string() });
const Run = z.looseObject({ status: z.string(), message: z.string().nullish(), durationInMs: z.number().nullish() });
const Activities = z.object({
  value: z.array(z.looseObject({ activityName: z.string(), durationInMs: z.number().nullish() })),
});
/** A look costs the factory's process time that the copy needs; the time of a run is not what the looks say, but the factory. */
const POLL_MS = 500;

/** How long a pipeline and each activity of it took, as the factory says. */
export interface PipelineRan {
  readonly seconds: number;
  /** Seconds by the name of the activity. */
  readonly activities: ReadonlyMap<string, number>;
}

/** Runs a pipeline of the local factory over its API. @throws Error with the factory's message when it fails */
export async function pipelines(
  stack: Stack,
): Promise<(name: string, parameters: Record<string, unknown>) => Promise<PipelineRan>> {
  const authorization = `Bearer ${await askToken(stack, 'https://management.azure.com')}`;
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const url = `${urlOf(stack, 'adf')}${factoryId}/${path}?api-version=2018-06-01`;
    const headers = { authorization, 'content-type': 'application/json' };
    const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  return async (name, parameters) => {
    const { runId } = Created.parse(await call('POST', `pipelines/${name}/createRun`, parameters));
    const look = async () => Run.parse(await call('GET', `pipelineruns/${runId}`));
    let run = await look();
    for (; run.status !== 'Succeeded'; run = await look()) {
      if (run.status === 'Failed') throw new Error(`${name} failed: ${run.message}`);
      await sleep(POLL_MS);
    }
    const [from, to] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)];
    const window = { lastUpdatedAfter: from.toISOString(), lastUpdatedBefore: to.toISOString() };
    const { value } = Activities.parse(await call('POST', `pipelineruns/${runId}/queryActivityruns`, window));
    return {
      seconds: (run.durationInMs ?? Number.NaN) / 1000,
      activities: new Map(value.map((one) => [one.activityName, (one.durationInMs ?? 0) / 1000])),
    };
  };
}
