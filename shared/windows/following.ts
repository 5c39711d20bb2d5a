import type { InputFile, Window } from '../contracts/window';

/** Up to where the next window of a run reads; null inside: as far as the source allows; null: the run is done. */
export type Following = { readonly until: string | null } | null;

/**
 * A run goes on until it has reached the read point of its start. One that took over an older window, with bounds of its
 * own, has yet to see that read point.
 * @param planned the window as the run found or planned it
 */
export function following({ reading, lower, upper }: Window, planned: Window, until: string | null): Following {
  // One that came no further, as where a lane ends above the read point, would be planned again as it is, for ever.
  if (!reading || (planned.state === 'planned' && upper === lower)) return null;
  const older = planned.state !== 'planned' || (planned.upper !== null && until === null);
  if (older) return { until: null };
  return reading.complete ? null : { until: until ?? reading.readPoint };
}

/** Of the files that were to be read, those that a window does not hold: the next one of the run takes them. */
export function leftOver(files: readonly InputFile[], window: Window): InputFile[] {
  const held = new Set(window.files.map(({ sha256 }) => sha256));
  return files.filter(({ sha256 }) => !held.has(sha256));
}
