import { z } from 'zod';
import type { TypedData } from '../core/contract';
import type { Registered } from '../core/core';
import type { Invoke } from '../invoke';
import type { ActivityTask, FailureText, Outcome } from './model';

/** What the library puts into the message of an error when the app has registered a properties provider. */
const Details = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  stackTrace: z.string().optional(),
  isNonRetriable: z.boolean().default(false),
  properties: z.record(z.string(), z.unknown()).optional(),
});

/** Runs an activity once; a failure is an outcome here, since the orchestrator has to hear of it. */
export async function runActivity(
  invoke: Invoke,
  called: Registered,
  task: ActivityTask,
  instanceId: string,
  traceParent: string | undefined,
): Promise<Outcome> {
  try {
    const answer = await invoke(called, {
      data: task.input === undefined ? {} : { string: task.input },
      triggerMetadata: { instanceId: { string: instanceId } },
      instanceId,
      traceParent,
    });
    return { kind: 'done', result: resultText((await answer.response()).returnValue) };
  } catch (error) {
    return { kind: 'failed', ...failureText(task.name, error) };
  }
}

/** JSON text of a return value, as the Durable extension stores it. */
export function resultText(value: TypedData | null | undefined): string {
  if (value === null || value === undefined) return 'null';
  if (value.string !== undefined) return JSON.stringify(value.string);
  if (value.json !== undefined) return value.json;
  if (value.bytes !== undefined) return JSON.stringify(Buffer.from(value.bytes).toString('base64'));
  return JSON.stringify(value.int ?? value.double ?? null);
}

function failureText(name: string, thrown: unknown): FailureText {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const structured = providedDetails(error.message);
  return {
    reason: `Activity function '${name}' failed: ${structured?.ErrorMessage ?? error.message}`,
    details: error.stack ?? '',
    ...(structured === undefined ? {} : { failure: structured }),
  };
}

function providedDetails(message: string) {
  if (!message.startsWith('{"errorType"')) return undefined;
  const parsed = Details.safeParse(JSON.parse(message));
  if (!parsed.success) return undefined;
  const { errorType, errorMessage, stackTrace, isNonRetriable, properties } = parsed.data;
  return {
    ErrorType: errorType,
    ErrorMessage: errorMessage,
    StackTrace: stackTrace ?? '',
    IsNonRetriable: isNonRetriable,
    Properties: properties,
  };
}
