import type { Decision } from '../contracts/quarantine';

/** What was decided about quarantined rows, by their place in the file of a window; rows without one are open. */
export interface Decisions {
  of(source: string, window: string): Promise<ReadonlyMap<string, Decision>>;
  put(source: string, window: string, decisions: ReadonlyMap<string, Decision>): Promise<void>;
}
