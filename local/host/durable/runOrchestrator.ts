import type { Registered } from '../core/core';
import type { Invoke } from '../invoke';
import type { OrchestratorState } from './actions';

/** How an orchestrator run ended: with a state, or by throwing. */
export type RunEnd =
  | { readonly kind: 'state'; readonly state: OrchestratorState }
  | { readonly kind: 'threw'; readonly error: string; readonly failure?: object };

const LABEL = '\n\n$OutOfProcData$:';

/** Runs the orchestrator function once over a history. A failure carries its state as JSON behind a label in the message. */
export async function runOrchestrator(
  invoke: Invoke,
  called: Registered,
  text: string,
  instanceId: string,
  traceParent: string | undefined,
): Promise<RunEnd> {
  try {
    const answer = await invoke(called, { data: { string: text }, instanceId, traceParent });
    return { kind: 'state', state: answer.result as OrchestratorState };
  } catch (error) {
    return thrown(error);
  }
}

function thrown(error: unknown): RunEnd {
  const message = error instanceof Error ? error.message : String(error);
  const at = message.indexOf(LABEL);
  if (at < 0) return { kind: 'threw', error: message };
  const state = JSON.parse(message.slice(at + LABEL.length)) as OrchestratorState;
  // `throw new Error('')` leaves no `error` in the state; that it was thrown is all there is to know.
  return {
    kind: 'threw',
    error: state.error ?? '',
    ...(state.failureDetails === undefined ? {} : { failure: state.failureDetails }),
  };
}
