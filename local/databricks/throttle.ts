import { quotaOf, type Rates } from '../http/rates';
import { Refusal } from './refusal';

/** Refuses calls above the rates of a workspace. */
export function throttle(rates: Rates): (route: string) => void {
  const submits = quotaOf('databricks.submits', rates);
  const reads = quotaOf('databricks.reads', rates);
  return (route) => {
    const spent = route === 'POST jobs/runs/submit' ? submits : route.startsWith('GET jobs/runs/') ? reads : null;
    const wait = spent?.spend() ?? 0;
    if (wait === 0) return;
    throw new Refusal(429, 'REQUEST_LIMIT_EXCEEDED', `Too many calls of ${route}; wait.`, {
      'retry-after': String(wait),
    });
  };
}
