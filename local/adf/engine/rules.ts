/** How an activity ended. */
export type Ended = 'Succeeded' | 'Failed' | 'Skipped';
export type Condition = Ended | 'Completed';

/** One node of a dependency graph. */
export interface Step {
  readonly name: string;
  readonly dependsOn: readonly { readonly activity: string; readonly dependencyConditions: readonly Condition[] }[];
}

const holds = (ended: Ended, conditions: readonly Condition[]): boolean =>
  conditions.some((wanted) => (wanted === 'Completed' ? ended !== 'Skipped' : wanted === ended));

/**
 * Whether an activity may run, has to be skipped, or must wait. Several dependencies must all hold; the conditions of
 * one dependency are alternatives.
 */
export function readiness(step: Step, ended: ReadonlyMap<string, Ended>): 'wait' | 'run' | 'skip' {
  if (step.dependsOn.some(({ activity }) => !ended.has(activity))) return 'wait';
  const all = step.dependsOn.every(({ activity, dependencyConditions }) =>
    holds(ended.get(activity) as Ended, dependencyConditions),
  );
  return all ? 'run' : 'skip';
}

/**
 * The activities that decide the outcome: every leaf, a skipped one being replaced by its parents.
 * https://learn.microsoft.com/azure/data-factory/tutorial-pipeline-failure-error-handling
 */
export function deciding(steps: readonly Step[], ended: ReadonlyMap<string, Ended>): string[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const parents = new Set(steps.flatMap((step) => step.dependsOn.map(({ activity }) => activity)));
  const decide = (name: string): string[] => {
    const above = byName.get(name)?.dependsOn ?? [];
    return ended.get(name) === 'Skipped' && above.length > 0
      ? above.flatMap(({ activity }) => decide(activity))
      : [name];
  };
  const leaves = steps.filter((step) => !parents.has(step.name));
  return [...new Set(leaves.flatMap((step) => decide(step.name)))];
}

/** A pipeline, or the inside of a container, succeeds when none of its deciding activities failed. */
export const outcome = (steps: readonly Step[], ended: ReadonlyMap<string, Ended>): 'Succeeded' | 'Failed' =>
  deciding(steps, ended).some((name) => ended.get(name) === 'Failed') ? 'Failed' : 'Succeeded';
