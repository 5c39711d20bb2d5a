import type { AuditEnd, AuditEntry } from '../contracts/audit';

/** The record of what people did. Entries are never removed. */
export interface Audit {
  /**
   * Writes an entry, unless one was written under this key before.
   * @param key what makes a repeated request the same one
   * @returns the entry under the key: this one, or the one that was there
   */
  open(key: string, entry: AuditEntry): Promise<AuditEntry>;
  /** Adds what became of it. What is done stays done; what was refused may come through when it is asked again. */
  close(id: string, end: AuditEnd): Promise<void>;
  /** Newest first; `before` is the id to go on from. */
  list(limit: number, before?: string): Promise<AuditEntry[]>;
}
