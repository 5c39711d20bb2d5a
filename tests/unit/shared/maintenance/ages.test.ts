import { describe, expect, test } from 'vitest';
import { historyEnd } from '../../../../shared/maintenance/ages';

const now = new Date('2026-06-30T12:00:00Z');

describe('historyEnd', () => {
  test('lies a number of days back when a younger run has succeeded', () => {
    const success = { run: '20260629T120000-0000abcd', started: '2026-06-29T12:00:01.000Z' };
    expect(historyEnd(now, 30, success)).toEqual({ run: '20260531T120000', at: new Date('2026-05-31T12:00:00Z') });
  });

  test('never passes the last success, however old it is, nor its id when it caught up an old tick', () => {
    const success = { run: '20260101T020000-0000abcd', started: '2026-01-03T08:00:00.000Z' };
    const end = historyEnd(now, 30, success);
    expect(end).toEqual({ run: success.run, at: new Date(success.started) });
  });

  test('is nowhere as long as nothing has succeeded', () => {
    expect(historyEnd(now, 30, null)).toBeNull();
  });
});
