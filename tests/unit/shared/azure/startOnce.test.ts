import { describe, expect, test } from 'vitest';
import { type ListedRun, startOnce } from '../../../../shared/azure/startOnce';
import { WaitError } from '../../../../shared/errors';

const KEY = 'users|1|1';
const SECOND = 1000;

/** A factory on a clock of its own: it loses the first replies, and lists a run only after a while. */
function lagging(hiddenMs: number, losing: number, { begins = true, blind = false } = {}) {
  let now = 0;
  const runs: (ListedRun & { readonly from: number })[] = [];
  let asked = 0;
  let looks = 0;
  const list = async () => {
    looks += 1;
    if (blind && looks === 2) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    return runs.filter(({ from }) => from <= now);
  };
  const create = async () => {
    asked += 1;
    if (begins || asked > losing)
      runs.push({ runId: `run-${asked}`, parameters: { runKey: KEY }, from: now + hiddenMs });
    if (asked <= losing) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    return `run-${asked}`;
  };
  /** As an orchestrator goes about it: after a pause that is asked for, or else the first of those before a retry. */
  const start = async (): Promise<string> => {
    try {
      return await startOnce('copy', KEY, list, create);
    } catch (error) {
      now += error instanceof WaitError ? error.seconds * SECOND : SECOND;
      return start();
    }
  };
  return { start, runs, waited: () => now };
}

describe('a start whose reply is cut', () => {
  test.each([3, 30, 55])('is one run, also when that is listed only after %d s', async (seconds) => {
    const { start, runs } = lagging(seconds * SECOND, 1);
    expect(await start()).toBe('run-1');
    expect(runs).toHaveLength(1);
  });

  test('is adopted at once when it is listed at once', async () => {
    const { start, waited } = lagging(0, 1);
    expect(await start()).toBe('run-1');
    expect(waited()).toBe(0);
  });

  test('is looked for after the pause also when the list could not be had right after it', async () => {
    const { start, runs } = lagging(30 * SECOND, 1, { blind: true });
    expect(await start()).toBe('run-1');
    expect(runs).toHaveLength(1);
  });

  test('and that began nothing is begun after the pause', async () => {
    const { start, runs } = lagging(0, 2, { begins: false });
    expect(await start()).toBe('run-3');
    expect(runs).toHaveLength(1);
  });
});
