import type { Run } from '../../shared/contracts/run';
import type { Ports } from '../../shared/ports/ports';

const PAGE = 200;

/** The runs that are under way. The whole record is looked through: one may be older than many that have ended. */
export async function openRuns({ runs }: Pick<Ports, 'runs'>): Promise<Run[]> {
  const open: Run[] = [];
  for (let before: string | undefined; ; ) {
    const page = await runs.list(PAGE, before);
    open.push(...page.filter(({ ended }) => ended === null));
    if (page.length < PAGE) return open;
    before = page.at(-1)?.run;
  }
}
