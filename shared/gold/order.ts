import type { DatasetReport } from '../contracts/run';
import type { DatasetTask } from '../contracts/steps';
import { problem } from '../problem';
import { datasetReport } from '../runs/reports';

interface Needing {
  readonly name: string;
  readonly needs: readonly string[];
}

/** The datasets, each behind all that it needs; and those that need each other in a circle, which have no order. */
export function inOrder<T extends Needing>(datasets: readonly T[]): { order: T[]; circle: T[] } {
  let left = [...datasets];
  const taken = (free: (one: T) => boolean): T[] => {
    const some = left.filter(free);
    left = left.filter((one) => !some.includes(one));
    return some.length === 0 ? [] : [...some, ...taken(free)];
  };
  const order = taken(({ needs }) => !left.some(({ name }) => needs.includes(name)));
  // What none of the others needs is in no circle: it waits for one.
  taken(({ name }) => !left.some(({ needs }) => needs.includes(name)));
  return { order, circle: left };
}

/** What of the datasets of a run begins now: those whose needs are published. Those of which one is not, wait in vain. */
export function nextUp(tasks: readonly DatasetTask[], done: readonly DatasetReport[]) {
  const outcomes = new Map(done.map(({ dataset, outcome }) => [dataset, outcome]));
  const failed = ({ needs }: DatasetTask) =>
    needs.filter((name) => outcomes.has(name) && outcomes.get(name) !== 'published');
  const blocked = tasks.filter((task) => failed(task).length > 0);
  const open = tasks.filter((task) => !blocked.includes(task));
  const go = open.filter(({ needs }) => needs.every((name) => outcomes.has(name)));
  const left = open.filter((task) => !go.includes(task));
  return { go, blocked: blocked.map((task) => blockedBy(task.dataset, failed(task))), left };
}

/** A dataset that cannot be computed, since something that it is computed from is not there. */
export const blockedBy = (dataset: string, missing: readonly string[]): DatasetReport => {
  const why = `its input did not arrive: ${missing.join(', ')}. The last published version stays.`;
  const next = 'Cure that and run it again; the dataset follows by itself.';
  return datasetReport(dataset, 'blocked', { problems: [problem('DEPENDENCY_FAILED', dataset, why, next)] });
};
