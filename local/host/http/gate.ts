import type { Handler } from '../../http/serve';

/** The door of the host: closed (503) until it is ready and after it has begun to stop, and it knows who is inside. */
export class Gate {
  #inner: Handler | undefined;
  readonly #inside = new Set<Promise<unknown>>();

  readonly handler: Handler = (request) => {
    if (this.#inner === undefined)
      return new Response('the host is not ready', { status: 503, headers: { 'retry-after': '1' } });
    const answer = Promise.resolve(this.#inner(request));
    this.track(answer);
    return answer;
  };

  open(inner: Handler): void {
    this.#inner = inner;
  }

  close(): void {
    this.#inner = undefined;
  }

  /** Counts work that a stop has to wait for. */
  track(work: Promise<unknown>): void {
    const tracked = work.catch(() => undefined).finally(() => this.#inside.delete(tracked));
    this.#inside.add(tracked);
  }

  async empty(): Promise<void> {
    while (this.#inside.size > 0) await Promise.all(this.#inside);
  }
}
