import type { Debounce, Place } from '../contracts/schedule';

/**
 * Seconds that a burst of files has yet to be quiet before it is read: from the last file on, but never longer than its
 * bound from the first one on, so that a steady stream is read too. 0 when it is time.
 */
export function secondsToRest(
  { since, last }: Pick<Place, 'since' | 'last'>,
  { seconds, atMost }: Debounce,
  now: Date,
): number {
  const due = Math.min(Date.parse(last) + seconds * 1000, Date.parse(since) + atMost * 1000);
  return Math.max(0, Math.ceil((due - now.getTime()) / 1000));
}
