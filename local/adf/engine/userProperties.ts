import type { Activity } from '../definition/pipeline';
import { textOf } from '../expression/text';
import type { Frame, RunContext } from './context';
import { resolve } from './resolve';
import { pipelineScope } from './scope';

/** User properties of an activity run, evaluated where it stands; one that cannot be evaluated keeps its text. */
export function userProperties(context: RunContext, { userProperties: wanted }: Activity, frame: Frame) {
  const evaluated = (value: unknown): string => {
    try {
      return textOf(resolve(value, pipelineScope(context, frame)));
    } catch {
      return String(value);
    }
  };
  return Object.fromEntries(wanted.map(({ name, value }) => [name, evaluated(value)]));
}
