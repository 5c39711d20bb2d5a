import type { PartReport } from '../contracts/run';

/** What an erasure took out of one place. */
export const partOf = (part: string, count: number | string, what: string): PartReport => ({
  part,
  outcome: String(count) === '0' ? 'unchanged' : 'done',
  detail: `${count} ${what}`,
  problems: [],
});
