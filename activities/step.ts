import type { Problem } from '../shared/contracts/problem';
import type { Step } from '../shared/contracts/run';
import type { External, SourceTask } from '../shared/contracts/steps';
import type { Window } from '../shared/contracts/window';
import type { Ports } from '../shared/ports/ports';

interface Ending {
  readonly status?: Step['status'];
  readonly rowsIn?: string;
  readonly rowsOut?: string;
  readonly detail?: string;
  readonly problem?: Problem;
}

/**
 * Whose bar it is: a source's, or that of one of its lanes, which run beside each other, or of a window that follows
 * another in the same run.
 */
export function subjectOf({ source, lane }: SourceTask, window?: Window): string {
  if (lane !== undefined) return `${source} ${lane.name.slice(lane.name.lastIndexOf('-') + 1)}`;
  return window?.follows ? `${source} #${window.number}` : source;
}

/** A bar of the Gantt, opened; a repeated activity opens the same one again. */
export async function begin(
  { runs, now }: Ports,
  run: string,
  subject: string,
  name: Step['name'],
  external: string,
  started = now().toISOString(),
  detail = '',
): Promise<External> {
  await runs.putStep({ ...blank(run, subject, name), status: 'Running', started, ended: null, external, detail });
  return { external, started };
}

/** The same bar, closed. */
export async function end(
  { runs, now }: Ports,
  run: string,
  subject: string,
  name: Step['name'],
  { external, started }: External,
  ending: Ending,
): Promise<void> {
  const { status = ending.problem ? 'Failed' : 'Succeeded', rowsIn = null, rowsOut = null, detail = '' } = ending;
  await runs.putStep({
    ...blank(run, subject, name),
    status,
    started,
    ended: now().toISOString(),
    external,
    rowsIn,
    rowsOut,
    detail,
    problem: ending.problem ?? null,
  });
}

const blank = (run: string, subject: string, name: Step['name']) => ({
  run,
  id: `${subject}/${name}`,
  subject,
  name,
  rowsIn: null,
  rowsOut: null,
  detail: '',
  problem: null,
});
