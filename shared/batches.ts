/** Requests at a time: enough to hide a round trip, too few to be throttled. */
const AT_ONCE = 20;

/** A list piece by piece, at most `size` items in each. */
export function* batches<T>(items: readonly T[], size = AT_ONCE): Generator<T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
