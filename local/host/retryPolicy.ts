import { setTimeout as pause } from 'node:timers/promises';
import type { RetryOptions } from './core/contract';

const milliseconds = (duration: RetryOptions['delayInterval'], fallback: number): number =>
  (duration?.seconds ?? fallback) * 1000;

/** Delay before retry `count` (from 1): constant, or doubling between the two bounds. */
export function delayOf(options: RetryOptions, count: number): number {
  if (options.retryStrategy !== 'exponentialBackoff') return milliseconds(options.delayInterval, 0);
  const least = milliseconds(options.minimumInterval, 1);
  return Math.min(milliseconds(options.maximumInterval, 900), least * 2 ** (count - 1));
}

/**
 * Runs a function with its registered retry policy; counts live in memory only, as in the real host.
 * https://learn.microsoft.com/azure/azure-functions/functions-bindings-error-pages
 * @param once one try, told how often it has been retried
 * @throws what the last try threw
 */
export async function withRetries<T>(
  options: RetryOptions | undefined,
  isStopping: () => boolean,
  once: (retry: { retryCount: number; maxRetryCount: number } | undefined) => Promise<T>,
): Promise<T> {
  const most = options?.maxRetryCount ?? 0;
  for (let count = 0; ; count += 1) {
    try {
      return await once(options === undefined ? undefined : { retryCount: count, maxRetryCount: most });
    } catch (error) {
      if (options === undefined || (most >= 0 && count >= most) || isStopping()) throw error;
      await pause(delayOf(options, count + 1));
    }
  }
}
