import { ACTION, type Action } from './actions';
import type { Attempt, Task } from './model';

/** The task that a leaf action asks for, or undefined for a wait, which opens nothing. */
export function taskOf(action: Action, defaultVersion: string | undefined): Task | undefined {
  const name = action.functionName ?? '';
  const attempt: { attempt?: Attempt } =
    action.retryOptions === undefined ? {} : { attempt: { rule: { ...action.retryOptions }, number: 1 } };
  switch (action.actionType) {
    case ACTION.callActivity:
    case ACTION.callActivityWithRetry:
      return { kind: 'activity', name, ...activityInput(action.input), ...attempt };
    case ACTION.callChild:
    case ACTION.callChildWithRetry: {
      const version = action.version ?? defaultVersion;
      return {
        kind: 'child',
        name,
        input: JSON.stringify(action.input ?? null),
        ...(action.instanceId ? { instanceId: action.instanceId } : {}),
        ...(version === undefined ? {} : { version }),
        ...attempt,
      };
    }
    case ACTION.createTimer:
      return { kind: 'timer', fireAt: new Date(action.fireAt ?? Number.NaN).getTime() };
    default:
      return undefined;
  }
}

/** The library has encoded strings already; everything else travels as its JSON text. */
function activityInput(input: unknown): { input?: string } {
  if (input === undefined || input === null) return {};
  return { input: typeof input === 'string' ? input : JSON.stringify(input) };
}
