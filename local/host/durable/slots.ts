/** Runs at most `limit` jobs at a time, in order of arrival. */
export class Slots {
  readonly #limit: number;
  readonly #queue: (() => Promise<void>)[] = [];
  #head = 0;
  #running = 0;
  #closed = false;
  #idle: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The job must not reject. */
  add(job: () => Promise<void>): void {
    this.#queue.push(job);
    this.#next();
  }

  /** Starts nothing more, and resolves when what runs has ended. */
  async drain(): Promise<void> {
    this.#closed = true;
    if (this.#running > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #next(): void {
    while (!this.#closed && this.#running < this.#limit && this.#head < this.#queue.length) {
      const job = this.#queue[this.#head];
      this.#head += 1;
      // The consumed front is dropped now and then: shifting one by one is quadratic for long queues.
      if (this.#head === this.#queue.length || this.#head > 1024) {
        this.#queue.splice(0, this.#head);
        this.#head = 0;
      }
      this.#running += 1;
      void job?.().finally(() => this.#ended());
    }
  }

  #ended(): void {
    this.#running -= 1;
    this.#next();
    if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }
}
