import { randomUUID } from 'node:crypto';
import { type ActivityOf, inside } from '../definition/pipeline';
import { textOf } from '../expression/text';
import { ExpressionError, typeName, type Value } from '../expression/value';
import { limits } from '../limits';
import type { Attempt } from './activity';
import type { Frame, Outcome } from './context';
import { spanMs } from './duration';
import { ActivityError, type Failure } from './failure';
import { resolve } from './resolve';
import { pipelineScope } from './scope';

type Kind = 'ForEach' | 'IfCondition' | 'Switch' | 'Until';
type Container<K extends Kind> = (attempt: Attempt<ActivityOf<K>>) => Promise<Outcome>;

const value = ({ context, frame }: Attempt, json: unknown, within: Frame = frame): Value =>
  resolve(json, pipelineScope(context, within));

const inner = ({ frame }: Attempt, item?: Value): Frame => ({
  parent: frame,
  results: new Map(),
  iteration: item === undefined ? frame.iteration : randomUUID(),
  ...(item === undefined ? {} : { item }),
});

function because(attempt: Attempt, error: Failure): Outcome {
  const message = `Activity failed because an inner activity failed; Inner activity name: ${error.target}, Error: ${error.message}`;
  return { status: 'Failed', output: {}, error: { ...error, message, target: attempt.activity.name } };
}

const branch = async (attempt: Attempt, activities: unknown[]): Promise<Outcome> => {
  const outcome = await attempt.group(inside(activities), inner(attempt));
  return outcome.status === 'Failed' ? because(attempt, outcome.error) : outcome;
};

const truth = (found: Value): boolean => {
  if (typeof found === 'boolean') return found;
  throw new ExpressionError(`the condition must be a boolean, but is a value of type ${typeName(found)}`);
};

const IfCondition: Container<'IfCondition'> = (attempt) => {
  const { expression, ifTrueActivities, ifFalseActivities } = attempt.activity.typeProperties;
  return branch(attempt, truth(value(attempt, expression)) ? ifTrueActivities : ifFalseActivities);
};

const Switch: Container<'Switch'> = (attempt) => {
  const { on, cases, defaultActivities } = attempt.activity.typeProperties;
  const wanted = textOf(value(attempt, on));
  return branch(attempt, cases.find((one) => one.value === wanted)?.activities ?? defaultActivities);
};

const Until: Container<'Until'> = async (attempt) => {
  const { expression, timeout, activities } = attempt.activity.typeProperties;
  const span = textOf(value(attempt, timeout ?? '7.00:00:00'));
  const end = Date.now() + spanMs(span);
  for (;;) {
    const frame = inner(attempt);
    const outcome = await attempt.group(inside(activities), frame);
    if (outcome.status === 'Failed') return because(attempt, outcome.error);
    if (truth(value(attempt, expression, frame))) return { status: 'Succeeded', output: {} };
    if (Date.now() > end) throw new ActivityError('2107', `The loop ran longer than its time-out of ${span}.`);
  }
};

const ForEach: Container<'ForEach'> = async (attempt) => {
  const { items, isSequential, batchCount, activities } = attempt.activity.typeProperties;
  const list = value(attempt, items);
  if (!Array.isArray(list))
    throw new ExpressionError(`the items of a ForEach must be an array, but are a value of type ${typeName(list)}`);
  if (list.length > limits.forEachItems)
    throw new ActivityError('BadRequest', `The ForEach has ${list.length} items, the limit is ${limits.forEachItems}.`);
  attempt.note({ itemsCount: list.length });
  const failures: Failure[] = [];
  const queue = [...list.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const outcome = await attempt.group(inside(activities), inner(attempt, next[1]));
      if (outcome.status === 'Failed') failures.push(outcome.error);
    }
  };
  const parallel = isSequential ? 1 : (batchCount ?? limits.forEachParallelDefault);
  await Promise.all(Array.from({ length: Math.min(parallel, list.length) }, worker));
  const output = { itemsCount: BigInt(list.length) };
  const [first] = failures;
  return first ? { ...because(attempt, first), output } : { status: 'Succeeded', output };
};

/** Activities that hold other activities. */
export const containers = { IfCondition, Switch, Until, ForEach };
