import type { Run } from '../../shared/contracts/run';
import type { Ports } from '../../shared/ports/ports';

/** Runs that are looked through, newest first. */
const NEWEST = 200;

/** The runs that are under way. */
export async function openRuns({ runs }: Pick<Ports, 'runs'>): Promise<Run[]> {
  return (await runs.list(NEWEST)).filter(({ ended }) => ended === null);
}
