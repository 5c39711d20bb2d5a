import type { Run } from '../../shared/contracts/run';
import type { Ports } from '../../shared/ports/ports';

const PAGE = 200;

/**
 * The runs that are under way, newest first. One may be older than many that have ended.
 * @param since how far back the record is looked through; all of it where nothing is said
 */
export async function openRuns({ runs }: Pick<Ports, 'runs'>, since?: Date): Promise<Run[]> {
  const open: Run[] = [];
  for (let before: string | undefined; ; ) {
    const page = await runs.list(PAGE, before);
    open.push(...page.filter(({ ended }) => ended === null));
    const oldest = page.at(-1);
    if (!oldest || page.length < PAGE || (since && oldest.started < since.toISOString())) return open;
    before = oldest.run;
  }
}
