import { randomUUID } from 'node:crypto';
import type { CoreContext, InvocationRequest, InvocationResponse, TypedData } from './core/contract';
import type { Registered } from './core/core';
import { triggerOf } from './core/trigger';
import type { App } from './load/loadApp';
import type { Log } from './log/logger';

/** One call of a function: the trigger's data and what comes with it. */
export interface Call {
  readonly data: TypedData;
  readonly invocationId?: string;
  readonly instanceId?: string;
  readonly triggerMetadata?: Record<string, TypedData>;
  readonly traceParent?: string | undefined;
  readonly retryContext?: InvocationRequest['retryContext'];
}

/** The handler's own return value, and its conversion for the host, made on demand. */
export interface Answer {
  readonly result: unknown;
  response(): Promise<InvocationResponse>;
}

export interface InvokeOptions {
  readonly app: App;
  readonly log: Log;
  /** JSON text for every `durableClient` input. */
  durableClient(): string;
  /** Longest run in milliseconds; undefined is no limit. */
  readonly timeoutMs: number | undefined;
}

export type Invoke = (called: Registered, call: Call) => Promise<Answer>;

/** Runs a function the way the Node worker does, hooks included. */
export function invoker({ app, log, durableClient, timeoutMs }: InvokeOptions): Invoke {
  const { hooks } = app.core;
  return async (called, call) => {
    const { metadata } = called;
    const invocationId = call.invocationId ?? randomUUID();
    const scope = {
      invocationId,
      functionName: metadata.name,
      ...(call.instanceId === undefined ? {} : { instanceId: call.instanceId }),
    };
    let invocationContext: { df?: { isReplaying?: boolean } } | undefined;
    const hookData = {};
    const core: CoreContext = {
      invocationId,
      metadata,
      state: undefined,
      request: request(called, call, invocationId, durableClient),
      log: (level, category, message) => {
        if (invocationContext?.df?.isReplaying === true) return;
        const line = { level, message, category, invocationContext, hookData };
        hooks.runLog(line);
        log(line.level, `Function.${metadata.name}${category === 'user' ? '.User' : ''}`, line.message, scope);
      },
    };
    const model = app.core.model?.getInvocationModel(core);
    if (model === undefined) throw new Error('The app has set no programming model');
    const { context, inputs } = await model.getArguments();
    invocationContext = context;
    const shared = { hookData, appHookData: hooks.appData, invocationContext: context };
    const before = { ...shared, functionCallback: called.callback, inputs };
    core.state = 'preInvocationHooks';
    await hooks.run('preInvocation', before);
    core.state = 'invocation';
    const after: Record<string, unknown> = { ...shared, inputs: before.inputs, result: undefined, error: undefined };
    try {
      const run = model.invokeFunction(context, before.inputs, before.functionCallback);
      after['result'] = await limited(run, timeoutMs, metadata.name);
    } catch (error) {
      // A thrown null or undefined must stay a failure, so it becomes an error here.
      after['error'] = error ?? new Error(`Function '${metadata.name}' threw ${String(error)}`);
    }
    core.state = 'postInvocationHooks';
    await hooks.run('postInvocation', after);
    core.state = undefined;
    if (after['error'] !== null && after['error'] !== undefined) throw after['error'];
    return { result: after['result'], response: () => model.getResponse(context, after['result']) };
  };
}

function request(called: Registered, call: Call, invocationId: string, client: () => string): InvocationRequest {
  const inputs = Object.entries(called.metadata.bindings).filter(
    ([, binding]) => binding.direction === 'in' && /^(durableClient|orchestrationClient)$/i.test(binding.type),
  );
  return {
    invocationId,
    functionId: called.id,
    inputData: [
      { name: triggerOf(called.metadata).name, data: call.data },
      ...inputs.map(([name]) => ({ name, data: { string: client() } })),
    ],
    triggerMetadata: call.triggerMetadata ?? {},
    traceContext: call.traceParent === undefined ? {} : { traceParent: call.traceParent },
    ...(call.retryContext === undefined ? {} : { retryContext: call.retryContext }),
  };
}

/** The real host kills the worker at the limit; in one process the failure is reported and the code runs on. */
async function limited<T>(run: Promise<T>, timeoutMs: number | undefined, name: string): Promise<T> {
  if (timeoutMs === undefined) return run;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`Timeout value of ${timeoutMs} ms exceeded by function: ${name}`)),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([run, limit]);
  } finally {
    clearTimeout(timer);
  }
}
