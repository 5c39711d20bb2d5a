import type { Metadata } from '../disk';
import { type Finding, finding } from './finding';
import type { Query } from './query';

/** Cursors are compared as the source prints them: equal lengths, so that text order is time order. */
const later = (a: string, b: string): boolean => a > b;

/** Watermarks, windows and runs, as they are written down. */
export async function ledger({ runs, windows, watermarks }: Metadata, query: Query): Promise<Finding[]> {
  const findings: Finding[] = [];
  const committed = windows.filter(({ state }) => state === 'committed');
  for (const { source, cursor, window } of watermarks) {
    const numbers = committed.filter((one) => one.source === source).map(({ number }) => Number(number));
    const highest = Math.max(0, ...numbers);
    if (Number(window) !== highest)
      findings.push(finding('C3', `the watermark of ${source} is at window ${window}, ${highest} is committed`));
    if (new Set(numbers).size !== numbers.length || numbers.length !== highest)
      findings.push(finding('C4', `the committed windows of ${source} are ${numbers.join(', ')}`));
    const upper = committed.find((one) => one.source === source && one.number === window)?.upper ?? null;
    if (cursor !== null && upper !== null && later(cursor, upper))
      findings.push(finding('C3', `the watermark of ${source} is past the bound of its window`));
  }
  for (const { run, status, ended } of runs)
    if (ended === null) findings.push(finding('C5', `run ${run} is still ${status}`));
  const known = new Set(committed.filter(({ source }) => source === 'users').map(({ number }) => number));
  const rows = await query('SELECT DISTINCT _window FROM silver_windows');
  const strange = rows.flat().filter((number) => number !== null && !known.has(number));
  if (strange.length > 0)
    findings.push(finding('C8', `silver holds rows of windows ${strange.join(', ')}, which never committed`));
  return findings;
}
