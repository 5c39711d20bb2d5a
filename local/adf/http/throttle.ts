import type { MiddlewareHandler } from 'hono';
import { quotaOf, type Rates } from '../../http/rates';
import { armError } from './armError';

const MONITORING = /\/(queryPipelineRuns|queryActivityruns)$/i;

/** Refuses what is above the rates of the resource manager and of the factory behind it. */
export function throttle(rates: Rates): MiddlewareHandler {
  const quotas = {
    reads: quotaOf('adf.reads', rates),
    writes: quotaOf('adf.writes', rates),
    queries: quotaOf('adf.queries', rates),
  };
  return async (c, next) => {
    const kind = MONITORING.test(c.req.path) ? 'queries' : c.req.method === 'GET' ? 'reads' : 'writes';
    const wait = quotas[kind].spend();
    if (wait === 0) return next();
    return armError(429, 'TooManyRequests', `Too many ${kind} at once; try again after ${wait} seconds.`, {
      'retry-after': String(wait),
    });
  };
}
