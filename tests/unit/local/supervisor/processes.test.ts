import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { endAll, identify, isAlive, MARK, markedProcesses } from '../../../../local/supervisor/processes';

const idle = (environment: Record<string, string> = {}) =>
  spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore', env: environment });

describe('a process', () => {
  test('is not taken for another one that got its number', async () => {
    const child = idle();
    const itself = identify(child.pid ?? 0);
    if (itself === null) throw new Error('the child did not start');
    const recycled = { ...itself, started: `${itself.started}0` };
    expect([isAlive(itself), isAlive(recycled)]).toEqual([true, false]);

    await endAll([recycled], 0);
    await sleep(200); // a signal would have worked by now
    expect(isAlive(itself)).toBe(true);

    const exit = once(child, 'exit');
    await endAll([itself], 2000);
    expect((await exit)[1]).toBe('SIGTERM');
    expect(isAlive(itself)).toBe(false);
  });

  test.runIf(process.platform === 'linux')('is found by the mark of its stack, and by no other', async () => {
    const state = `/somewhere/${process.pid}`;
    const [ours, others] = [idle({ [MARK]: state }), idle({ [MARK]: `${state}/else` })];
    await Promise.all([once(ours, 'spawn'), once(others, 'spawn')]);
    try {
      await expect.poll(() => markedProcesses(state).map(({ pid }) => pid)).toEqual([ours.pid]);
    } finally {
      for (const child of [ours, others]) child.kill('SIGKILL');
    }
  });
});
