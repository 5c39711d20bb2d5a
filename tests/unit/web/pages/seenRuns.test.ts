import { describe, expect, test } from 'vitest';
import { Run } from '../../../../shared/contracts/run';
import { isBehindGap, joined, openBehind } from '../../../../web/src/pages/runs/seenRuns';

const idOf = (nth: number) => `20261122T${String(nth).padStart(6, '0')}-1a2b3c4d`;
const run = (nth: number, ended: string | null = '2026-11-22T19:00:00Z') =>
  Run.parse({
    run: idOf(nth),
    status: ended === null ? 'Running' : 'Succeeded',
    trigger: { kind: 'blob', path: 'a.csv', etag: '1' },
    catalog: '1',
    wanted: [],
    started: '2026-11-22T18:00:00Z',
    ended,
  });
const seen = joined(new Map(), [run(3), run(2), run(1, null)]);
const page = (runs: Run[], next: string | null = runs.at(-1)?.run ?? null) => ({ runs, next });

describe('the runs that were seen', () => {
  test.each([
    ['a page that reaches down to them', page([run(5), run(4), run(3)]), false],
    ['a page of newer ones alone, with others behind it', page([run(9), run(8)]), true],
    ['a page behind which there is nothing', page([run(9), run(8)], null), false],
    ['no page yet', page([]), false],
  ])('are behind a gap or not: %s', (_what, newest, expected) => {
    expect(isBehindGap(seen, newest)).toBe(expected);
  });

  test('are not behind a gap where there are none', () => {
    expect(isBehindGap(new Map(), page([run(9), run(8)]))).toBe(false);
  });

  test('are looked at again when they were under way and the newest page does not hold them', () => {
    expect(openBehind(seen, page([run(4), run(3)]))).toEqual([idOf(1)]);
    expect(openBehind(seen, page([run(2), run(1, null)]))).toEqual([]);
    expect(joined(seen, [run(1)]).get(idOf(1))?.status).toBe('Succeeded');
  });
});
