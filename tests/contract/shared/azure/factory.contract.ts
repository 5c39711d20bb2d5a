import { expect, test } from 'vitest';
import { ProblemError, TransientError } from '../../../../shared/errors';
import type { Factory, FactoryRun } from '../../../../shared/ports/factory';

/** A factory whose pipelines `quick` and `broken` end by themselves and whose `slow` does not. */
export interface Works {
  readonly factory: Factory;
  /** Waits until a run has ended. */
  ended(run: string): Promise<FactoryRun>;
}

export const SINCE = new Date(Date.now() - 1000).toISOString();

/** What every factory promises. */
export function factoryContract(make: () => Promise<Works>): void {
  let nth = 0;
  const key = (): string => `20261122T181500-0a1b2c3d:users:1:${nth++}`;

  test('the same key is the same run, however often it is started', async () => {
    const { factory } = await make();
    const mine = key();
    const first = await factory.start('quick', { word: 'a' }, mine, SINCE);
    expect(await factory.start('quick', { word: 'a' }, mine, SINCE)).toBe(first);
    expect(await factory.start('quick', { word: 'a' }, key(), SINCE)).not.toBe(first);
  });

  test('a run that ended well shows its activities with their outputs', async () => {
    const { factory, ended } = await make();
    const run = await ended(await factory.start('quick', { word: 'a' }, key(), SINCE));
    expect(run).toMatchObject({ kind: 'succeeded', activities: [{ name: 'say', status: 'Succeeded' }] });
  });

  test('a run that failed says why', async () => {
    const { factory, ended } = await make();
    const run = await ended(await factory.start('broken', {}, key(), SINCE));
    expect(run).toMatchObject({
      kind: 'failed',
      problem: { code: 'SOURCE_QUERY', why: expect.stringContaining('1146'), transient: false },
    });
  });

  test('a run goes on until it is cancelled, and cancelling it twice harms nobody', async () => {
    const { factory, ended } = await make();
    const run = await factory.start('slow', {}, key(), SINCE);
    expect(await factory.look(run)).toEqual({ kind: 'running' });
    await factory.cancel(run);
    expect(await ended(run)).toEqual({ kind: 'cancelled' });
    await factory.cancel(run);
  });

  test('a run that nobody knows has failed, and a new attempt may help', async () => {
    const { factory } = await make();
    const run = await factory.look('00000000-0000-4000-8000-00000000dead');
    expect(run).toMatchObject({ kind: 'failed', problem: { code: 'FACTORY_FAILED', transient: true } });
  });

  test('a pipeline that was never deployed is no reason to try again', async () => {
    const { factory } = await make();
    const failure = await factory.start('absent', {}, key(), SINCE).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    expect(failure).not.toBeInstanceOf(TransientError);
  });
}
