import type { Scope } from '../expression/evaluate';
import { ExpressionError, fromJs, type Value } from '../expression/value';
import type { Frame, Result, RunContext } from './context';

/** System variables of a pipeline. https://learn.microsoft.com/azure/data-factory/control-flow-system-variables */
function pipelineVariables({ services, run, start }: RunContext): Value {
  const { invokedBy } = run;
  return {
    DataFactory: services.factory,
    Pipeline: run.pipelineName,
    RunId: run.runId,
    GroupId: run.runGroupId,
    TriggerType: invokedBy.invokedByType,
    TriggerId: invokedBy.id,
    TriggerName: invokedBy.name,
    TriggerTime: run.runStart,
    TriggeredByPipelineName: invokedBy.pipelineName ?? null,
    TriggeredByPipelineRunId: invokedBy.pipelineRunId ?? null,
    parameters: start.parameters,
    globalParameters: services.globalParameters(),
  };
}

function resultOf(name: string, frame: Frame | undefined): Result | undefined {
  const wanted = name.toLowerCase();
  for (let at = frame; at; at = at.parent)
    for (const [known, result] of at.results) if (known.toLowerCase() === wanted) return result;
  return undefined;
}

function itemOf(frame: Frame | undefined): Value {
  for (let at = frame; at; at = at.parent) if (at.item !== undefined) return at.item;
  throw new ExpressionError("'item()' can be used only inside a ForEach or a Filter");
}

/** What the expressions of a pipeline can see at one place in it. */
export function pipelineScope(context: RunContext, frame: Frame): Scope {
  return {
    pipeline: () => pipelineVariables(context),
    item: () => itemOf(frame),
    variables: (name) => {
      const value = context.variables.get(String(name).toLowerCase());
      if (value === undefined) throw new ExpressionError(`the variable '${String(name)}' is not declared`);
      return value;
    },
    activity: (name) => {
      const result = resultOf(String(name), frame);
      if (!result)
        throw new ExpressionError(
          `the output of activity '${String(name)}' can't be referenced: it has not ended before this one`,
        );
      const { status, output, error, activityRunId } = result;
      if (status === 'Skipped') return { Status: status };
      return { Status: status, output, ActivityRunId: activityRunId, ...(error ? { error: fromJs(error) } : {}) };
    },
  };
}
