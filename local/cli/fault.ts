/** A failure that a person can act on; the command line shows `code`, the message and `next`, and ends with `exitCode`. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly exitCode: number;
  readonly code: string;
  readonly next: string;

  constructor(exitCode: number, code: string, why: string, next: string, options?: { cause?: unknown }) {
    super(why, options);
    this.exitCode = exitCode;
    this.code = code;
    this.next = next;
  }
}

/** Exit codes that local commands use; the same as those of the API commands. */
export const exits = { ok: 0, failed: 1, usage: 2, dependency: 5 } as const;
