import type { OrchestrationContext } from 'durable-functions';
import { activities } from '../../activities/all';
import type { Surroundings } from '../../activities/surroundings';
import { orchestrations } from '../../orchestrators/all';
import type { Ports } from '../../shared/ports/ports';

type Yielded =
  | { kind: 'activity' | 'orchestration'; name: string; input: unknown }
  | { kind: 'timer' }
  | { kind: 'event' }
  | { kind: 'any'; tasks: Yielded[] }
  | { kind: 'all'; tasks: Yielded[] };

/**
 * Plays an orchestrator with the real activities over the given ports, without a host: what runs in parallel runs one
 * after the other here, timers pass at once, no event comes, and a failed activity is not tried again.
 */
export function wired(ports: Ports, surroundings: Surroundings) {
  const answer = async (task: Yielded): Promise<unknown> => {
    if (task.kind === 'timer' || task.kind === 'event') return undefined;
    if (task.kind === 'any') return task.tasks.find(({ kind }) => kind === 'timer');
    if (task.kind === 'all') {
      const answers: unknown[] = [];
      for (const one of task.tasks) answers.push(await answer(one));
      return answers;
    }
    if (task.kind === 'orchestration') return play(task.name, task.input);
    const activity = activities.find(({ name }) => name === task.name);
    if (!activity) throw new Error(`there is no activity ${task.name}`);
    // Inputs and outputs cross as JSON, as they do between a host and its app.
    return json(await activity.handler(ports, surroundings)(json(task.input)));
  };
  const df = {
    callActivityWithRetry: (name: string, _retry: unknown, input: unknown): Yielded => ({
      kind: 'activity',
      name,
      input,
    }),
    callSubOrchestrator: (name: string, input: unknown): Yielded => ({ kind: 'orchestration', name, input }),
    createTimer: (): Yielded => ({ kind: 'timer' }),
    waitForExternalEvent: (): Yielded => ({ kind: 'event' }),
    get currentUtcDateTime() {
      return ports.now();
    },
    Task: {
      all: (tasks: Yielded[]): Yielded => ({ kind: 'all', tasks }),
      any: (tasks: Yielded[]): Yielded => ({ kind: 'any', tasks }),
    },
  };
  async function play(name: string, input: unknown): Promise<unknown> {
    const orchestration = orchestrations.find((one) => one.name === name);
    if (!orchestration) throw new Error(`there is no orchestrator ${name}`);
    const steps = orchestration.run({ df } as unknown as OrchestrationContext, orchestration.input.parse(json(input)));
    let next = steps.next();
    while (!next.done) {
      const task = next.value as unknown as Yielded;
      next = await answer(task).then(
        (value) => steps.next(value),
        (error: unknown) => steps.throw(error),
      );
    }
    return json(next.value);
  }
  return play;
}

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
