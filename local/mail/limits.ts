import { z } from 'zod';
import type { Limit } from '../http/quota';

/**
 * What an Azure-managed domain may send and ask, per minute and hour.
 * https://learn.microsoft.com/azure/communication-services/concepts/service-limits#rate-limits-for-email
 */
export const MANAGED_DOMAIN = {
  sendsPerMinute: 5,
  sendsPerHour: 10,
  statusReadsPerMinute: 10,
  statusReadsPerHour: 20,
} as const;

/** Largest request, attachments in base64 included. */
export const MAX_REQUEST_BYTES = 10 * 1024 * 1024;

const count = z.int().positive();
const Override = z.strictObject({
  sendsPerMinute: count.default(MANAGED_DOMAIN.sendsPerMinute),
  sendsPerHour: count.default(MANAGED_DOMAIN.sendsPerHour),
  statusReadsPerMinute: count.default(MANAGED_DOMAIN.statusReadsPerMinute),
  statusReadsPerHour: count.default(MANAGED_DOMAIN.statusReadsPerHour),
});

/** Limits of a mail resource; `TIDEMARK_MAIL_QUOTA` is JSON that replaces single numbers, or `unlimited`. */
export function mailLimits(override: string | undefined): { sends: Limit[]; reads: Limit[] } {
  if (override === 'unlimited') return { sends: [], reads: [] };
  const limits = Override.parse(JSON.parse(override ?? '{}'));
  const both = (minute: number, hour: number): Limit[] => [
    { count: minute, seconds: 60 },
    { count: hour, seconds: 3600 },
  ];
  return {
    sends: both(limits.sendsPerMinute, limits.sendsPerHour),
    reads: both(limits.statusReadsPerMinute, limits.statusReadsPerHour),
  };
}
