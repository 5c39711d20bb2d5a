import { z } from 'zod';
import { limits } from '../limits';
import { Dataset } from './dataset';
import { expressionsIn } from './expressions';
import { LinkedService } from './linkedService';
import { type Activity, inside, Pipeline } from './pipeline';
import { type Reference, referencesIn } from './references';

/** The kinds of definition, as their folders and routes are called. */
export type Kind = 'pipelines' | 'datasets' | 'linkedservices';

const schemas = { pipelines: Pipeline, datasets: Dataset.design, linkedservices: LinkedService.design };
const kindOf: Record<Reference['kind'], Kind> = {
  PipelineReference: 'pipelines',
  DatasetReference: 'datasets',
  LinkedServiceReference: 'linkedservices',
};

/**
 * Says everything that is wrong with a definition, or nothing.
 * @param exists whether another definition is known
 */
export function faultsOf(
  kind: Kind,
  name: string,
  properties: unknown,
  exists: (kind: Kind, name: string) => boolean,
): string[] {
  const parsed = schemas[kind].safeParse(properties);
  if (!parsed.success) return [z.prettifyError(parsed.error)];
  try {
    expressionsIn(properties);
  } catch (error) {
    return [(error as Error).message];
  }
  const missing = referencesIn(properties)
    .filter((one) => !exists(kindOf[one.kind], one.name) && !(one.kind === 'PipelineReference' && one.name === name))
    .map((one) => `the document has the invalid reference '${one.name}' (${one.kind})`);
  return kind === 'pipelines' ? [...missing, ...pipelineFaults(parsed.data as Pipeline, properties)] : missing;
}

function pipelineFaults(pipeline: Pipeline, raw: unknown): string[] {
  const faults: string[] = [];
  const size = Buffer.byteLength(JSON.stringify(raw));
  if (size > limits.pipelineBytes) faults.push(`the pipeline has ${size} bytes, the limit is ${limits.pipelineBytes}`);
  const parameters = Object.keys(pipeline.parameters).length;
  if (parameters > limits.parametersPerPipeline)
    faults.push(`the pipeline has ${parameters} parameters, the limit is ${limits.parametersPerPipeline}`);
  const activities = allActivities(pipeline.activities).length;
  if (activities > limits.activitiesPerPipeline)
    faults.push(`the pipeline has ${activities} activities, the limit is ${limits.activitiesPerPipeline}`);
  return [...faults, ...groupFaults(pipeline.activities, false)];
}

/** The groups of activities inside an activity; each has dependencies of its own. */
export function groupsOf(activity: Activity): Activity[][] {
  switch (activity.type) {
    case 'ForEach':
    case 'Until':
      return [inside(activity.typeProperties.activities)];
    case 'IfCondition':
      return [inside(activity.typeProperties.ifTrueActivities), inside(activity.typeProperties.ifFalseActivities)];
    case 'Switch':
      return [...activity.typeProperties.cases, { activities: activity.typeProperties.defaultActivities }].map((one) =>
        inside(one.activities),
      );
    default:
      return [];
  }
}

/** Activities of a pipeline with those inside its containers. */
export const allActivities = (activities: Activity[]): Activity[] =>
  activities.flatMap((activity) => [activity, ...groupsOf(activity).flatMap(allActivities)]);

function groupFaults(activities: Activity[], nested: boolean): string[] {
  const names = activities.map(({ name }) => name);
  const twice = names
    .filter((name, at) => names.indexOf(name) !== at)
    .map((name) => `two activities are called '${name}'`);
  const unknown = activities.flatMap(({ name, dependsOn }) =>
    dependsOn
      .filter(({ activity }) => !names.includes(activity) || activity === name)
      .map(({ activity }) => `activity '${name}' depends on '${activity}', which is not beside it`),
  );
  const cyclic = twice.length + unknown.length === 0 && hasCycle(activities) ? ['the dependencies form a cycle'] : [];
  const inner = activities.flatMap((activity) => {
    const groups = groupsOf(activity);
    const deep =
      nested && groups.length > 0
        ? [`activity '${activity.name}' (${activity.type}) may not be inside another container`]
        : [];
    return [...deep, ...groups.flatMap((group) => groupFaults(group, true))];
  });
  return [...twice, ...unknown, ...cyclic, ...inner];
}

function hasCycle(activities: Activity[]): boolean {
  const done = new Set<string>();
  for (;;) {
    const free = activities.filter(
      ({ name, dependsOn }) => !done.has(name) && dependsOn.every(({ activity }) => done.has(activity)),
    );
    if (free.length === 0) return done.size < activities.length;
    for (const { name } of free) done.add(name);
  }
}
