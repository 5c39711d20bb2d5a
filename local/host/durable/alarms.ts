/** Longest delay of setTimeout in milliseconds; a longer wait is made of several. */
const LONGEST = 2 ** 31 - 1;

/** Named one-shot alarms at absolute times. */
export class Alarms {
  readonly #set = new Map<string, NodeJS.Timeout>();
  #closed = false;

  /** @param at milliseconds since 1970; the past rings at once */
  set(name: string, at: number, ring: () => void): void {
    if (this.#closed) return;
    this.clear(name);
    const wait = Math.max(0, at - Date.now());
    const isLast = wait <= LONGEST;
    const next = () => {
      this.#set.delete(name);
      // A timeout may come a little early by the wall clock; a timer must not.
      if (isLast && Date.now() >= at) ring();
      else this.set(name, at, ring);
    };
    this.#set.set(name, setTimeout(next, Math.min(wait, LONGEST)));
  }

  clear(name: string): void {
    clearTimeout(this.#set.get(name));
    this.#set.delete(name);
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#set.values()) clearTimeout(timer);
    this.#set.clear();
  }
}
