import { ACTION, type Action, REFUSED } from './actions';
import type { Position } from './model';

/** Short text of an action: kind and name. Equal neighbours inside a compound are counted, so a wide fan-out stays short. */
export function signature(action: Action): string {
  switch (action.actionType) {
    case ACTION.callActivity:
    case ACTION.callActivityWithRetry:
      return `activity ${action.functionName}`;
    case ACTION.callChild:
    case ACTION.callChildWithRetry:
      return `sub-orchestration ${action.functionName}`;
    case ACTION.createTimer:
      return 'timer';
    case ACTION.waitForEvent:
      return `event ${action.externalEventName}`;
    case ACTION.continueAsNew:
      return 'continueAsNew';
    case ACTION.whenAll:
      return `all(${counted(action)})`;
    case ACTION.whenAny:
      return `any(${counted(action)})`;
    default:
      return REFUSED[action.actionType] ?? `action ${action.actionType}`;
  }
}

function counted({ compoundActions = [] }: Action): string {
  const runs: { text: string; count: number }[] = [];
  for (const text of compoundActions.map(signature)) {
    const last = runs.at(-1);
    if (last?.text === text) last.count += 1;
    else runs.push({ text, count: 1 });
  }
  return runs.map(({ text, count }) => (count === 1 ? text : `${count} x ${text}`)).join(', ');
}

/** The leaves in the order in which the library numbers them: depth first. */
export function leavesOf(action: Action): Action[] {
  return action.compoundActions === undefined ? [action] : action.compoundActions.flatMap(leavesOf);
}

/** How the orchestrator waits for an action; nested compounds and external events are left to "any change". */
export function awaiting(action: Action): Position['awaits'] {
  if (action.actionType === ACTION.continueAsNew) return 'nothing';
  const members = action.compoundActions;
  if (members === undefined) return action.actionType === ACTION.waitForEvent ? 'any change' : 'one';
  const isFlat = members.every((m) => m.compoundActions === undefined && m.actionType !== ACTION.waitForEvent);
  if (!isFlat) return 'any change';
  return action.actionType === ACTION.whenAll ? 'all' : 'any';
}
