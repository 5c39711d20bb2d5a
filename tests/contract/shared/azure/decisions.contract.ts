import { expect, test } from 'vitest';
import type { Decision } from '../../../../shared/contracts/quarantine';
import type { Decisions } from '../../../../shared/ports/decisions';

const decision = (state: Decision['state']): Decision => ({
  state,
  by: 'eva',
  at: '2026-11-22T18:15:00.000Z',
  reason: "it's a test é",
  run: '',
  reasons: [],
});

/** What every store of decisions promises; each test gets an empty one. */
export function decisionsContract(make: () => Promise<Decisions>): void {
  test('the last decision about a row stands, for each window by itself', async () => {
    const decisions = await make();
    expect(await decisions.of('users', '1')).toEqual(new Map());
    await decisions.put(
      'users',
      '1',
      new Map([
        ['0', decision('again')],
        ['12', decision('discarded')],
      ]),
    );
    await decisions.put('users', '11', new Map([['0', decision('discarded')]]));
    await decisions.put('users', '1', new Map([['0', decision('replayed')]]));
    expect(await decisions.of('users', '1')).toEqual(
      new Map([
        ['0', decision('replayed')],
        ['12', decision('discarded')],
      ]),
    );
  });

  test('more decisions than one transaction takes are all kept', async () => {
    const decisions = await make();
    const many = new Map(Array.from({ length: 250 }, (_, at) => [String(at), decision('replayed')]));
    await decisions.put('users', '1', many);
    expect((await decisions.of('users', '1')).size).toBe(250);
  });
}
