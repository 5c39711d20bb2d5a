/** The part of the worker's contract that `@azure/functions` relies on; it asks for it as the module `@azure/functions-core`. */
export type Level = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';
export type Category = 'user' | 'system' | 'customMetric';

/** A value on its way into or out of a function; one member is set, none means `undefined`. */
export interface TypedData {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly int?: number;
  readonly double?: number;
  readonly http?: unknown;
}

export interface Binding {
  readonly type: string;
  readonly direction: string;
  readonly name?: string;
  readonly [option: string]: unknown;
}

export interface RetryOptions {
  readonly retryStrategy?: string;
  readonly maxRetryCount?: number;
  readonly delayInterval?: Duration;
  readonly minimumInterval?: Duration;
  readonly maximumInterval?: Duration;
}

export interface Duration {
  readonly seconds?: number;
}

export interface FunctionMetadata {
  readonly name: string;
  readonly functionId?: string | null;
  readonly bindings: Record<string, Binding>;
  readonly retryOptions?: RetryOptions;
}

export type Callback = (...inputs: unknown[]) => unknown;

export interface InvocationRequest {
  readonly invocationId: string;
  readonly functionId: string;
  readonly inputData: { name: string; data: TypedData }[];
  readonly triggerMetadata?: Record<string, TypedData>;
  readonly traceContext?: { traceParent?: string; traceState?: string; attributes?: Record<string, string> };
  readonly retryContext?: { retryCount: number; maxRetryCount: number; exception?: { message: string } };
}

export interface CoreContext {
  readonly invocationId: string;
  readonly request: InvocationRequest;
  readonly metadata: FunctionMetadata;
  state: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks' | undefined;
  log(level: Level, category: Category, message: string): void;
}

export interface InvocationResponse {
  readonly returnValue?: TypedData | null;
}

export interface InvocationModel {
  getArguments(): Promise<{ context: object; inputs: unknown[] }>;
  invokeFunction(context: object, inputs: unknown[], callback: Callback): Promise<unknown>;
  getResponse(context: object, result: unknown): Promise<InvocationResponse>;
}

export interface ProgrammingModel {
  readonly name: string;
  getInvocationModel(context: CoreContext): InvocationModel;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
}
