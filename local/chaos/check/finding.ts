/** One invariant that does not hold: its number in the list of promises, and what was seen. */
export interface Finding {
  readonly invariant: string;
  readonly seen: string;
}

export const finding = (invariant: string, seen: string): Finding => ({ invariant, seen });
