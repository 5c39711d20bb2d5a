/** Ends of a command, stable for scripts. */
export const exits = { ok: 0, failedRun: 1, usage: 2, config: 3, auth: 4, dependency: 5, interrupted: 130 } as const;

/** A failure that a person can act on: what, and what to do next. The exit code says its kind. */
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
