import { ACTION, type Action, REFUSED } from './actions';
import type { Position, Task } from './model';
import { awaiting, leavesOf, signature } from './signature';
import { taskOf } from './taskOf';

/** What is new in an answer of the library, with the ids that the library has given in silence. */
export interface Numbered {
  readonly positions: Position[];
  readonly tasks: [number, Task][];
  readonly cancelled: number[];
  readonly waits: Record<string, number>;
  readonly nextId: number;
  readonly continueAsNew: Action | undefined;
}

/** Why an answer cannot be followed; the instance fails with this text. */
export interface Refusal {
  readonly refused: string;
}

/**
 * Numbers the actions of one run as the library did: a leaf takes the next id when it is first listed. The same action
 * object listed again, in another compound, is the same task; only object identity tells, the JSON looks alike.
 */
export function numberActions(
  actions: readonly Action[],
  known: readonly Position[],
  firstId: number,
  defaultVersion?: string,
): Numbered | Refusal {
  const paired = new Map<Action, number | null>();
  const divergence = pairKnown(actions, known, paired);
  if (divergence !== undefined) return { refused: divergence };
  const result = { positions: [] as Position[], tasks: [] as [number, Task][], waits: {} as Record<string, number> };
  let nextId = firstId;
  let continueAsNew: Action | undefined;
  for (const action of actions.slice(known.length)) {
    if (action.actionType === ACTION.continueAsNew) continueAsNew = action;
    const leaves = action.actionType === ACTION.continueAsNew ? [] : leavesOf(action);
    for (const leaf of leaves) {
      const refused = REFUSED[leaf.actionType];
      if (refused !== undefined) return { refused: `${refused} is not imitated by the local host` };
      if (paired.has(leaf)) continue;
      const task = taskOf(leaf, defaultVersion);
      paired.set(leaf, task === undefined ? null : nextId);
      if (task === undefined) {
        const name = leaf.externalEventName ?? '';
        result.waits[name] = (result.waits[name] ?? 0) + 1;
        continue;
      }
      if (leaf.isCanceled !== true) result.tasks.push([nextId, task]);
      nextId += 1;
    }
    const ids = leaves.map((leaf) => paired.get(leaf) ?? null);
    result.positions.push({ signature: signature(action), awaits: awaiting(action), ids });
  }
  return { ...result, cancelled: cancelledAmong(paired), nextId, continueAsNew };
}

/** Gives the leaves of positions seen before their stored ids; returns text when the code has taken another way. */
function pairKnown(
  actions: readonly Action[],
  known: readonly Position[],
  paired: Map<Action, number | null>,
): string | undefined {
  for (const [index, { signature: was, ids }] of known.entries()) {
    const action = actions[index];
    const is = action === undefined ? 'nothing' : signature(action);
    if (action === undefined || is !== was) {
      return `Non-deterministic orchestrator: step ${index + 1} was "${was}" when it first ran and is "${is}" on replay. The code has changed under a running instance, or depends on time, randomness or input from outside; purge or terminate the instance, or restore the code.`;
    }
    for (const [place, leaf] of leavesOf(action).entries()) paired.set(leaf, ids[place] ?? null);
  }
  return undefined;
}

const cancelledAmong = (paired: ReadonlyMap<Action, number | null>): number[] =>
  [...paired].flatMap(([leaf, id]) => (leaf.isCanceled === true && id !== null ? [id] : []));
