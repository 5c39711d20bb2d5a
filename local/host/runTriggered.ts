import type { TypedData } from './core/contract';
import type { Registered } from './core/core';
import type { Invoke } from './invoke';
import type { Log } from './log/logger';
import { withRetries } from './retryPolicy';

export type RunTriggered = (
  called: Registered,
  data: TypedData,
  triggerMetadata?: Record<string, TypedData>,
) => Promise<void>;

/** Runs a function that nobody waits for on the line, with its retry policy; a failure is logged and rethrown. */
export function runTriggered(invoke: Invoke, log: Log, isStopping: () => boolean): RunTriggered {
  return async (called, data, triggerMetadata = {}) => {
    const { name, retryOptions } = called.metadata;
    try {
      await withRetries(retryOptions, isStopping, (retryContext) =>
        invoke(called, { data, triggerMetadata, ...(retryContext === undefined ? {} : { retryContext }) }),
      );
    } catch (error) {
      log('error', `Function.${name}`, error instanceof Error ? (error.stack ?? error.message) : String(error), {
        functionName: name,
      });
      throw error;
    }
  };
}
