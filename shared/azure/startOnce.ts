import { ProblemError, WaitError } from '../errors';
import { classOfCall, errorOfCall, FACTORY } from './failure';

/** After this time a list shows every run; nobody says how soon it does. */
const LISTED_SECONDS = 60;
/** Unknown outcomes in a row after which it is no lost answer any more, but a service that is away. */
const UNKNOWN_AT_MOST = 3;

/** What a factory tells of a run in a list. */
export interface ListedRun {
  readonly runId: string;
  readonly runStart?: Date | undefined;
  readonly parameters?: Record<string, unknown> | undefined;
}

/**
 * Starts a pipeline at most once for a key: createRun starts a run each time it arrives, so a run that carries the key is
 * looked for before, and again when the outcome is unknown.
 * @throws WaitError when the outcome is still unknown: ask again with the same key, once a list would show the run
 */
export async function startOnce(
  pipeline: string,
  key: string,
  runs: () => Promise<readonly ListedRun[]>,
  create: () => Promise<string>,
): Promise<string> {
  // Activities are repeated, so an earlier call may have started the run without our knowing.
  const before = carrying(await runs(), key);
  if (before) return before;
  try {
    return await create();
  } catch (error) {
    // A call that was refused, or never sent, has started nothing.
    if (error instanceof ProblemError || classOfCall(error) !== 'unknown') throw error;
    // A list that fails shows nothing either, and the pause is due all the same.
    const after = carrying(await runs().catch(() => []), key);
    if (after) return after;
    throw unknownOutcome(pipeline, error);
  }
}

/** The first run that carries the key: should two ever do, everyone adopts the same one. */
function carrying(runs: readonly ListedRun[], key: string): string | null {
  const ours = runs.filter(({ parameters }) => parameters?.['runKey'] === key);
  const begun = (run: ListedRun): string => `${run.runStart?.toISOString() ?? '~'} ${run.runId}`;
  return ours.sort((a, b) => (begun(a) < begun(b) ? -1 : 1))[0]?.runId ?? null;
}

const unknownOutcome = (pipeline: string, cause: unknown): WaitError => {
  const { problem: told } = errorOfCall(FACTORY, `starting ${pipeline}`, cause);
  const why = `It is unknown whether a run was started, and none is to be seen yet. ${told.why}`;
  return new WaitError({ ...told, why }, LISTED_SECONDS, { cause, times: told.once ? 1 : UNKNOWN_AT_MOST });
};
