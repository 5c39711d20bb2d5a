import type { Catalog } from '../../shared/contracts/catalog';
import { type HistoryEnd, historyEnd } from '../../shared/maintenance/ages';
import type { Ports } from '../../shared/ports/ports';

const PAGE = 100;

/** Up to where the history of runs goes, or null when nothing does. */
export async function cutoff(
  { runs, now }: Ports,
  { keepRunDays }: Catalog['maintenance'],
): Promise<HistoryEnd | null> {
  for (let before: string | undefined; ; ) {
    const page = await runs.list(PAGE, before);
    const success = page.find(({ status, upkeep }) => status === 'Succeeded' && upkeep === undefined);
    if (success) return historyEnd(now(), keepRunDays, success);
    if (page.length < PAGE) return null;
    before = page.at(-1)?.run;
  }
}
