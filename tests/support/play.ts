import type { OrchestrationContext } from 'durable-functions';
import type { Orchestration } from '../../orchestrators/call';

/** What a fake world answers: by activity or orchestrator name, given the input and how often it was asked before. */
export type World = Readonly<Record<string, (input: never, nth: number) => unknown>>;

export interface Played<O> {
  readonly result: O;
  /** Names in the order of the calls. */
  readonly calls: string[];
  readonly inputs: ReadonlyMap<string, readonly unknown[]>;
  /** Virtual time spent in timers. */
  readonly waitedMs: number;
}

type Yielded =
  | { kind: 'call'; name: string; input: unknown }
  | { kind: 'timer'; due: Date; cancel(): void }
  | { kind: 'event'; name: string }
  | { kind: 'any'; tasks: Yielded[] }
  | { kind: 'all'; tasks: Yielded[] };

/**
 * Plays an orchestrator without a host: canned answers, a virtual clock, no waiting. An answer that throws is a failed
 * activity, with the text that the host would put around it. An event comes at once when the world answers true for its
 * name, and else never.
 */
export function play<I, O>({ run, output }: Orchestration<I, O>, input: I, world: World): Played<O> {
  const start = Date.UTC(2026, 0, 1);
  let now = start;
  const calls: string[] = [];
  const inputs = new Map<string, unknown[]>();
  const events = new Map<string, number>();
  const answer = (task: Yielded): unknown => {
    if (task.kind === 'timer') {
      now = task.due.getTime();
      return undefined;
    }
    if (task.kind === 'all') return task.tasks.map(answer);
    if (task.kind === 'event') throw new Error(`nothing but the event ${task.name} is waited for`);
    if (task.kind === 'any') {
      const first = task.tasks.find((one) => one.kind !== 'event' || comes(one.name));
      if (first?.kind === 'timer') answer(first);
      return first;
    }
    const before = inputs.get(task.name) ?? [];
    inputs.set(task.name, [...before, task.input]);
    calls.push(task.name);
    const says = world[task.name];
    if (!says) throw new Error(`the world has no answer for ${task.name}`);
    try {
      return says(task.input as never, before.length);
    } catch (error) {
      const { message, stack } = error as Error;
      throw new Error(`Activity function '${task.name}' failed: ${message} \n ${stack}`);
    }
  };
  const comes = (name: string): boolean => {
    const before = events.get(name) ?? 0;
    events.set(name, before + 1);
    return world[name]?.(undefined as never, before) === true;
  };
  const call = (name: string, value: unknown): Yielded => ({ kind: 'call', name, input: value });
  const df = {
    callActivityWithRetry: (name: string, _retry: unknown, value: unknown) => call(name, value),
    callSubOrchestrator: (name: string, value: unknown) => call(name, value),
    createTimer: (due: Date): Yielded => ({ kind: 'timer', due, cancel: () => undefined }),
    waitForExternalEvent: (name: string): Yielded => ({ kind: 'event', name }),
    get currentUtcDateTime() {
      return new Date(now);
    },
    Task: {
      all: (tasks: Yielded[]): Yielded => ({ kind: 'all', tasks }),
      any: (tasks: Yielded[]): Yielded => ({ kind: 'any', tasks }),
    },
  };
  const steps = run({ df } as unknown as OrchestrationContext, input);
  let next = steps.next();
  while (!next.done) {
    let value: unknown;
    try {
      value = answer(next.value as unknown as Yielded);
    } catch (error) {
      next = steps.throw(error);
      continue;
    }
    next = steps.next(value);
  }
  return { result: output.parse(next.value), calls, inputs, waitedMs: now - start };
}
