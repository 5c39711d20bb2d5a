import type { Action } from '../../local/host/durable/actions';
import { signature } from '../../local/host/durable/signature';
import type { Orchestration, Steps } from '../../orchestrators/call';
import { type Recorded, replay } from './history';

type Any = Orchestration<unknown, unknown>;

/** A step that an orchestrator waited for, in short, and what came of it. */
interface Step {
  readonly what: string;
  readonly came: { readonly answer: unknown } | { readonly error: unknown };
}

type Asked = ReturnType<Steps<unknown>['next']>;

/** Waits for a step, and hands on what comes of it. */
function* waited(steps: Steps<unknown>, asked: Asked, note: (came: Step['came']) => void): Steps<Asked> {
  let answer: unknown;
  try {
    answer = yield asked.value as never;
  } catch (error) {
    note({ error });
    return steps.throw(error);
  }
  note({ answer });
  return steps.next(answer);
}

/** The steps of an orchestrator over a history, in their order. */
export async function stepsOf(honest: Any, history: Recorded): Promise<Step[]> {
  const found: Step[] = [];
  const watched: Any = {
    ...honest,
    *run(context, input) {
      const steps = honest.run(context, input);
      found.length = 0;
      let asked = steps.next();
      while (!asked.done) {
        const what = signature((asked.value as unknown as { actionObj: Action }).actionObj);
        asked = yield* waited(steps, asked, (came) => found.push({ what, came }));
      }
      return asked.value;
    },
  };
  await replay(watched, history);
  return found;
}

/** The same orchestrator, but one of its steps comes behind the one that follows it. */
export const reordered = (honest: Any, steps: readonly Step[], place: number): Any => ({
  ...honest,
  *run(context, input) {
    const inner = honest.run(context, input);
    let asked = inner.next();
    for (let at = 0; !asked.done; at += 1) {
      const late = at === place ? asked.value : null;
      const came = steps[at]?.came;
      if (late && came) asked = 'error' in came ? inner.throw(came.error) : inner.next(came.answer);
      if (asked.done) break;
      asked = yield* waited(inner, asked, () => undefined);
      if (late) yield late as never;
    }
    return asked.value;
  },
});
