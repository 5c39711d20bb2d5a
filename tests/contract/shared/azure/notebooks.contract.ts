import { expect, test } from 'vitest';
import { ProblemError, TransientError } from '../../../../shared/errors';
import type { NotebookRun, Notebooks } from '../../../../shared/ports/notebooks';

/** Notebooks of which `say` exits with its parameter as JSON, `raise` raises a conflict of Delta, and `sleep` goes on. */
export interface Bench {
  readonly notebooks: Notebooks;
  /** Waits until a run has ended. */
  ended(run: string): Promise<NotebookRun>;
}

/** What all notebook jobs promise. */
export function notebooksContract(make: () => Promise<Bench>): void {
  let nth = 0;
  const token = (): string => `${process.pid}-${Date.now()}-${nth++}`;

  test('the same token is the same run, and the run hands back what the notebook exited with', async () => {
    const { notebooks, ended } = await make();
    const mine = token();
    const run = await notebooks.start('bench/say', { word: 'é "x"' }, mine);
    expect(run).toMatch(/^\d+$/);
    expect(await notebooks.start('bench/say', { word: 'é "x"' }, mine)).toBe(run);
    expect(await ended(run)).toEqual({ kind: 'succeeded', output: { word: 'é "x"', rows: '12345678901234567890' } });
    expect(await notebooks.start('bench/say', { word: 'é "x"' }, mine), 'also when it has ended').toBe(run);
    const other = await notebooks.start('bench/say', { word: 'b' }, token());
    expect(other).not.toBe(run);
    await ended(other);
  });

  test('a notebook that raised says what, and whether it passes', async () => {
    const { notebooks, ended } = await make();
    const run = await ended(await notebooks.start('bench/raise', {}, token()));
    expect(run).toMatchObject({
      kind: 'failed',
      problem: { code: 'NOTEBOOK_FAILED', transient: true, why: expect.stringContaining('ConcurrentAppendException') },
    });
  });

  test('a run goes on until it is cancelled', async () => {
    const { notebooks, ended } = await make();
    const run = await notebooks.start('bench/sleep', {}, token());
    expect(await notebooks.look(run)).toEqual({ kind: 'running' });
    await notebooks.cancel(run);
    expect(await ended(run)).toEqual({ kind: 'cancelled' });
  });

  test('a run that nobody knows, and a token that is too long, are refused for good', async () => {
    const { notebooks } = await make();
    for (const ask of [() => notebooks.look('1'), () => notebooks.start('bench/say', {}, 'x'.repeat(65))]) {
      const failure = await ask().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ProblemError);
      expect(failure).not.toBeInstanceOf(TransientError);
    }
  });
}
