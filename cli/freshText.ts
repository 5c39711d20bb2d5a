import type { Freshness } from '../shared/contracts/freshness';

/** Whether something is as new as it has to be; where nothing is asked of it there is nothing to say. */
export const freshText = ({ asOf, limitHours, late }: Freshness): string => {
  if (asOf === null || limitHours === null) return '';
  return late ? `late: as of ${asOf}` : 'fresh';
};
