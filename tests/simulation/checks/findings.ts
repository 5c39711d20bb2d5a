/**
 * The promises that a story must not break. L1 is that of the line: no tick is lost in silence, and no crowd waits. E1:
 * whoever was erased is in no layer when the record says so; E2: nor does anything bring them back.
 */
export type Invariant =
  | 'C1'
  | 'C2'
  | 'C3'
  | 'C4'
  | 'C5'
  | 'C6'
  | 'C7'
  | 'C8'
  | 'C9'
  | 'C11'
  | 'C12'
  | 'L1'
  | 'E1'
  | 'E2';

export interface Violation {
  readonly of: Invariant;
  readonly what: string;
}

/** Collects what is broken; the same words are told once. */
export function findings() {
  const violations: Violation[] = [];
  return {
    violations,
    broken(of: Invariant, what: string): void {
      if (!violations.some((one) => one.of === of && one.what === what)) violations.push({ of, what });
    },
  };
}

export type Findings = ReturnType<typeof findings>;
