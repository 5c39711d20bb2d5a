import { describe, expect, test } from 'vitest';
import { recordOf } from '../../../../shared/runs/record';
import { type InstanceState, stalledBecause } from '../../../../shared/runs/stalled';

const run = recordOf(
  {
    run: '20260101T000000-0000abcd',
    catalog: '1',
    sources: ['users'],
    trigger: { kind: 'http', actor: 'a', reason: 'r' },
  },
  { status: 'Running', started: '2026-01-01T00:00:00.000Z', ended: null },
);
const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute));
const alive = (minute: number): InstanceState => ({ kind: 'alive', moved: at(minute) });
const absent: InstanceState = { kind: 'absent' };
const ended: InstanceState = { kind: 'ended', reason: 'Non-deterministic orchestrator: step 2' };

describe('a run is stalled', () => {
  test('when its orchestrator is absent for longer than a trigger takes to come again', () => {
    expect(stalledBecause(run, absent, [absent], at(4))).toBeNull();
    expect(stalledBecause(run, absent, [absent], at(6))).toMatch(/never began/);
  });

  test('at once when its orchestrator ended without closing it, and says why', () => {
    expect(stalledBecause(run, ended, [absent], at(1))).toMatch(/Non-deterministic orchestrator: step 2/);
  });

  test('not while one of its parts moves, even if the run itself is gone', () => {
    expect(stalledBecause(run, ended, [alive(58)], at(60))).toBeNull();
    expect(stalledBecause(run, alive(0), [alive(58)], at(60))).toBeNull();
  });

  test('when nothing has happened in any of its instances for longer than a step may last', () => {
    expect(stalledBecause(run, alive(0), [alive(10)], at(84))).toBeNull();
    expect(stalledBecause(run, alive(0), [alive(10)], at(86))).toMatch(/for 76 minutes/);
  });
});
