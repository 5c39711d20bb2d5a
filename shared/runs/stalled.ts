import type { Run } from '../contracts/run';

/** What Durable says of one instance of a run; `moved` is when anything last happened to it. */
export type InstanceState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'alive'; readonly moved: Date }
  | { readonly kind: 'ended'; readonly reason: string };

const MINUTE_MS = 60_000;
/** A trigger that died between its record and its start is delivered again within this time. */
const BEGIN_MS = 5 * MINUTE_MS;
/**
 * No activity runs longer than the host lets it, and no wait is longer than the hour that a service may ask for
 * (`governor.ts`).
 */
export const SILENCE_MS = 75 * MINUTE_MS;

/**
 * Why a run that is still open in the record will never end by itself, or null while it may.
 * @param main the run's own instance
 * @param parts the instances of its sources and datasets
 */
export function stalledBecause(
  { started }: Run,
  main: InstanceState,
  parts: readonly InstanceState[],
  now: Date,
): string | null {
  const alive = [main, ...parts].flatMap((state) => (state.kind === 'alive' ? [state.moved.getTime()] : []));
  if (alive.length > 0) {
    const silence = now.getTime() - Math.max(...alive);
    return silence > SILENCE_MS ? `nothing has happened in it for ${Math.floor(silence / MINUTE_MS)} minutes.` : null;
  }
  if (main.kind === 'ended')
    return `its orchestrator has ended without closing it: ${main.reason || 'no reason given'}`;
  return now.getTime() - Date.parse(started) > BEGIN_MS ? 'its orchestrator never began, or is gone.' : null;
}
