import { z } from 'zod';
import { copy } from '../copy/copy';
import type { Activity } from '../definition/pipeline';
import { Work, type WorkProperties, type WorkType } from '../definition/work';
import type { Attempt } from '../engine/activity';
import type { Outcome } from '../engine/context';
import { ActivityError } from '../engine/failure';
import { resolve } from '../engine/resolve';
import { pipelineScope } from '../engine/scope';
import { formatJson } from '../expression/json';
import { toJs, type ValueObject } from '../expression/value';
import { limits } from '../limits';
import { fail } from './fail';
import { getMetadata } from './getMetadata';
import { lookup } from './lookup';
import { remove } from './remove';
import { wait } from './wait';
import { web } from './web';

/** The code of one activity type: typed properties in, the activity's output back. */
export type WorkOf<K extends WorkType> = (
  properties: WorkProperties<K>,
  attempt: Attempt<Extract<Activity, { type: K }>>,
) => Promise<ValueObject>;

const table: { [K in WorkType]: WorkOf<K> } = {
  Copy: copy,
  Lookup: lookup,
  GetMetadata: getMetadata,
  Delete: remove,
  WebActivity: web,
  Wait: wait,
  Fail: fail,
};

/** Runs an activity that does one thing and holds no others. */
export async function works(attempt: Attempt<Extract<Activity, { type: WorkType }>>): Promise<Outcome> {
  const { activity, context, frame } = attempt;
  const value = resolve(activity.typeProperties, pipelineScope(context, frame));
  const size = Buffer.byteLength(formatJson(value));
  if (size > limits.activityPayloadBytes)
    throw new ActivityError(
      'BadRequest',
      `The payload of '${activity.name}' has ${size} bytes, the limit is ${limits.activityPayloadBytes}.`,
    );
  const input = toJs(value);
  attempt.note(input);
  const properties = Work.run[activity.type].safeParse(input);
  if (!properties.success)
    throw new ActivityError(
      'BadRequest',
      `The properties of '${activity.name}' are not valid: ${z.prettifyError(properties.error)}`,
    );
  const work = table[activity.type] as WorkOf<WorkType>;
  return { status: 'Succeeded', output: await work(properties.data, attempt as never) };
}
