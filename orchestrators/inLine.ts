import type { OrchestrationContext } from 'durable-functions';
import type { SourceReport } from '../shared/contracts/run';
import { type External, type SourceTask, takeLease } from '../shared/contracts/steps';
import type { Lease } from '../shared/contracts/window';
import { slower } from '../shared/retry';
import { gaveWay, stopped } from '../shared/runs/reports';
import { call, pause, type Steps } from './call';

type Turn = { kind: 'turn'; lease: Lease } | { kind: 'none'; report: SourceReport };

/** Waits for the source as long as another run is at work on it, or gives way, as the task says. */
export function* inLine(context: OrchestrationContext, task: SourceTask): Steps<Turn> {
  let wait: External | null = null;
  for (let seconds = task.pace.first; ; seconds = slower(task.pace, seconds)) {
    const answer: typeof takeLease.output._output = yield* call(context, takeLease, { task, wait });
    if (answer.kind === 'held') return { kind: 'turn', lease: answer.lease };
    if (answer.kind === 'busy') return { kind: 'none', report: stopped(task.source, 'busy', answer.problem) };
    if (answer.kind === 'gave-way') {
      return { kind: 'none', report: gaveWay(task.source, answer.outcome, answer.to) };
    }
    wait = answer.wait;
    yield* pause(context, answer.seconds ?? seconds);
  }
}
