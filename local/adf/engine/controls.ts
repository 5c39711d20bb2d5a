import type { ActivityOf } from '../definition/pipeline';
import { ExpressionError, fromJs, isObject, typeName, type Value, type ValueObject } from '../expression/value';
import type { Attempt } from './activity';
import type { Outcome } from './context';
import { ActivityError } from './failure';
import { resolve } from './resolve';
import { pipelineScope } from './scope';

type Kind = 'SetVariable' | 'AppendVariable' | 'Filter' | 'ExecutePipeline';
type Control<K extends Kind> = (attempt: Attempt<ActivityOf<K>>) => Promise<Outcome>;

const done = (output: ValueObject): Outcome => ({ status: 'Succeeded', output });
const value = ({ context, frame }: Attempt, json: unknown): Value => resolve(json, pipelineScope(context, frame));

const declared = ({ context }: Attempt, name: string): string => {
  const key = name.toLowerCase();
  if (!context.variables.has(key)) throw new ActivityError('BadRequest', `The variable '${name}' is not declared.`);
  return key;
};

const SetVariable: Control<'SetVariable'> = async (attempt) => {
  const { variableName, value: json, setSystemVariable } = attempt.activity.typeProperties;
  const found = value(attempt, json);
  if (setSystemVariable) {
    if (variableName !== 'pipelineReturnValue')
      throw new ActivityError('BadRequest', `There is no system variable '${variableName}'.`);
    const pairs = Array.isArray(found) ? found.filter(isObject) : [];
    for (const { key, value: one } of pairs as { key: Value; value: Value }[])
      attempt.context.returned[String(key)] = one;
  } else attempt.context.variables.set(declared(attempt, variableName), found);
  return done({ name: variableName, value: found });
};

const AppendVariable: Control<'AppendVariable'> = async (attempt) => {
  const { variableName, value: json } = attempt.activity.typeProperties;
  const key = declared(attempt, variableName);
  const list = attempt.context.variables.get(key) ?? null;
  if (!Array.isArray(list)) throw new ActivityError('BadRequest', `The variable '${variableName}' is not an array.`);
  const found = value(attempt, json);
  // A new array each time: an earlier reader may still hold the old one.
  attempt.context.variables.set(key, [...list, found]);
  return done({ name: variableName, value: found });
};

const Filter: Control<'Filter'> = async (attempt) => {
  const { items, condition } = attempt.activity.typeProperties;
  const list = value(attempt, items);
  if (!Array.isArray(list))
    throw new ExpressionError(`the items of a Filter must be an array, but are a value of type ${typeName(list)}`);
  const keep = (item: Value) => resolve(condition, pipelineScope(attempt.context, { ...attempt.frame, item })) === true;
  const kept = list.filter(keep);
  return done({ ItemsCount: BigInt(list.length), FilteredItemsCount: BigInt(kept.length), Value: kept });
};

const ExecutePipeline: Control<'ExecutePipeline'> = async (attempt) => {
  const { pipeline, parameters, waitOnCompletion } = attempt.activity.typeProperties;
  const { services, run } = attempt.context;
  const given = value(attempt, parameters) as ValueObject;
  const by = {
    id: run.runId,
    name: run.pipelineName,
    invokedByType: 'PipelineActivity',
    pipelineName: run.pipelineName,
    pipelineRunId: run.runId,
  };
  const child = services.start(pipeline.referenceName, given, by);
  const output: ValueObject = { pipelineName: pipeline.referenceName, pipelineRunId: child.runId };
  attempt.note(fromJs({ pipelineName: pipeline.referenceName, pipelineRunId: child.runId }));
  if (!waitOnCompletion) return done(output);
  // Whether the child is cancelled too is decided by who cancels; here the wait alone ends.
  const end = await Promise.race([child.ended, aborted(attempt.signal)]);
  if (end.status === 'Succeeded') return done({ ...output, pipelineReturnValue: services.returned(child.runId) });
  throw new ActivityError(
    'BadRequest',
    end.status === 'Cancelled' ? `The pipeline '${pipeline.referenceName}' was cancelled.` : end.message,
  );
};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

/** Activities of the control flow that hold no others. */
export const controls = { SetVariable, AppendVariable, Filter, ExecutePipeline };
