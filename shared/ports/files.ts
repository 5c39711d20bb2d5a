import type { SeenFile } from '../contracts/files';

/** The record of every file that was seen, by source: who sent what, and what became of it. */
export interface Files {
  /** Every version of every file of a source, the last seen first. */
  of(source: string): Promise<SeenFile[]>;
  /**
   * Writes versions down, over an earlier word on the same name and content. A version that was read takes the place
   * of the looks at its name.
   */
  put(versions: readonly SeenFile[]): Promise<void>;
}
