import { closeSync, fdatasync, ftruncateSync, openSync } from 'node:fs';
import { writeWhole } from '../../disk/writeWhole';
import { encodeLine } from './line';

/**
 * An append-only file of records. What is appended while a sync is under way goes out with the next single write and
 * fdatasync, so a thousand waiting records cost one sync.
 */
export class Journal {
  readonly #fd: number;
  readonly #onFatal: (error: Error) => void;
  #next: number;
  #pending: string[] = [];
  #waiting: (() => void)[] = [];
  #syncing = false;
  #dead = false;
  #idle: (() => void)[] = [];

  /**
   * @param length bytes of the good prefix; anything after it is cut off
   * @param count records in that prefix
   * @param onFatal called after a failed write or sync: nothing more is acknowledged, so the process has to end
   */
  constructor(file: string, length: number, count: number, onFatal: (error: Error) => void) {
    this.#fd = openSync(file, 'a');
    ftruncateSync(this.#fd, length);
    this.#next = count + 1;
    this.#onFatal = onFatal;
  }

  /** Appends a record; `durable` is called once it is on the disk, in order of appending. */
  append(json: string, durable: () => void): void {
    if (this.#dead) return;
    this.#pending.push(encodeLine(this.#next, json));
    this.#next += 1;
    this.#waiting.push(durable);
    if (!this.#syncing) {
      this.#syncing = true;
      // What else this turn of the event loop appends joins the first write.
      setImmediate(() => this.#flush());
    }
  }

  /** Resolves when everything appended so far is durable. */
  async flushed(): Promise<void> {
    if (this.#syncing) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  async close(): Promise<void> {
    await this.flushed();
    this.#dead = true;
    closeSync(this.#fd);
  }

  #flush(): void {
    const [lines, waiting] = [this.#pending, this.#waiting];
    [this.#pending, this.#waiting] = [[], []];
    try {
      writeWhole(this.#fd, lines.join(''));
    } catch (error) {
      this.#fail(error as Error);
      return;
    }
    fdatasync(this.#fd, (error) => {
      if (error !== null) {
        this.#fail(error);
        return;
      }
      for (const durable of waiting) durable();
      if (this.#pending.length > 0) {
        this.#flush();
        return;
      }
      this.#syncing = false;
      for (const resolve of this.#idle.splice(0)) resolve();
    });
  }

  #fail(error: Error): void {
    this.#dead = true;
    this.#onFatal(
      new Error(`journal: writing failed (${error.message}); the file is no longer trusted`, { cause: error }),
    );
  }
}
