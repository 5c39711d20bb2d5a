import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { attempted, call, type Orchestration } from '../../../orchestrators/call';
import { activity } from '../../../shared/contracts/activity';
import type { Problem } from '../../../shared/contracts/problem';
import { problem } from '../../../shared/problem';
import { play } from '../../support/play';

const copy = activity('copy', z.null(), z.looseObject({ kind: z.string() }));
const outcome = (is: 'permanent' | 'transient' | 'unknown'): { kind: 'failed'; problem: Problem } => {
  const told = problem('FACTORY_FAILED', 'Data Factory', is, '', is !== 'permanent');
  return { kind: 'failed', problem: is === 'unknown' ? { ...told, once: true } : told };
};

describe('attempted', () => {
  const work: Orchestration<null, unknown> = {
    name: 'work',
    input: z.null(),
    output: z.unknown(),
    *run(context) {
      return yield* attempted(context, 6, () => call(context, copy, null));
    },
  };
  const tried = (...outcomes: object[]) =>
    play(work, null, { copy: (_input, nth) => outcomes[nth] ?? { kind: 'copied' } });

  test('does not try again what is permanent', () => {
    expect(tried(outcome('permanent'))).toMatchObject({ calls: ['copy'], waitedMs: 0, result: { kind: 'failed' } });
  });

  test('tries what is transient as often as it may, ever more slowly', () => {
    const played = tried(...Array.from({ length: 6 }, () => outcome('transient')));
    expect(played).toMatchObject({ waitedMs: (5 + 15 + 45 + 60 + 60) * 1000, result: { kind: 'failed' } });
    expect(played.calls).toHaveLength(6);
  });

  test('tries what nobody knows once more', () => {
    const played = tried(...Array.from({ length: 6 }, () => outcome('unknown')));
    expect(played).toMatchObject({ calls: ['copy', 'copy'], waitedMs: 5000, result: outcome('unknown') });
    expect(tried(outcome('unknown'))).toMatchObject({ result: { kind: 'copied' } });
  });

  test('gives what nobody knows its one attempt also behind a transient failure', () => {
    const played = tried(outcome('transient'), outcome('unknown'), outcome('unknown'));
    expect(played.calls).toHaveLength(3);
  });
});

describe('call', () => {
  const once: Orchestration<null, unknown> = {
    name: 'once',
    input: z.null(),
    output: z.unknown(),
    *run(context) {
      return yield* call(context, copy, null);
    },
  };
  const told = (of: Problem, ...then: object[]) =>
    play(once, null, { copy: (_input, nth) => then[nth - 1] ?? { refused: of } });
  const { problem: unknown } = outcome('unknown');

  test('makes a call that failed as nobody knows once more, after a pause', () => {
    expect(told(unknown, { kind: 'copied' })).toMatchObject({ result: { kind: 'copied' }, waitedMs: 5000 });
    expect(() => told(unknown)).toThrow(/FACTORY_FAILED/);
  });

  test('makes a call again after each pause that a service asks for, and gives up after two hours', () => {
    const asked = (seconds: number) => ({ wait: seconds, problem: outcome('transient').problem });
    const patient = (...answers: object[]) => play(once, null, { copy: (_input, nth) => answers[nth] });
    expect(patient(asked(600), asked(30), { kind: 'copied' })).toMatchObject({
      result: { kind: 'copied' },
      waitedMs: 630_000,
    });
    expect(() => patient(asked(3600), asked(3600), asked(1))).toThrow(/transient/);
  });

  test('makes no more pauses of a kind that is counted than it may, however long it waited for a service before', () => {
    const about = outcome('transient').problem;
    const [busy, unsure] = [
      { wait: 600, problem: about },
      { wait: 60, times: 3, problem: about },
    ];
    const patient = (...answers: object[]) => play(once, null, { copy: (_input, nth) => answers[nth] });
    const { result, waitedMs } = patient(busy, busy, busy, unsure, unsure, unsure, { kind: 'copied' });
    expect([result, waitedMs]).toEqual([{ kind: 'copied' }, 1_980_000]);
    expect(() => patient(unsure, unsure, unsure, unsure, { kind: 'copied' })).toThrow(/transient/);
  });

  test('makes a call that is refused for good no second time', () => {
    expect(() => told(outcome('permanent').problem, { kind: 'copied' })).toThrow(/permanent/);
  });
});
