import { z } from 'zod';
import { type Limit, type Quota, quota } from './quota';

const ARM = 'https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling';
const FACTORY =
  'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#azure-data-factory-limits';
const WORKSPACE = 'https://learn.microsoft.com/azure/databricks/resources/limits';
const MAIL = 'https://learn.microsoft.com/azure/communication-services/concepts/service-limits#rate-limits-for-email';
const VAULT = 'https://learn.microsoft.com/azure/key-vault/general/service-limits';

/**
 * The rates at which each service takes calls, and where that is written. A bucket of n tokens that refills m a second
 * is held here as n in n/m seconds. Databricks names its limit by the hour; those by the second are as third parties
 * list them. Mail is that of a domain which Azure manages.
 */
export const RATES = {
  'adf.reads': { limits: [{ count: 250, seconds: 10 }], source: ARM },
  'adf.writes': { limits: [{ count: 200, seconds: 20 }], source: ARM },
  'adf.queries': { limits: [{ count: 1000, seconds: 60 }], source: FACTORY },
  'databricks.submits': {
    limits: [
      { count: 35, seconds: 1 },
      { count: 10_000, seconds: 3600 },
    ],
    source: WORKSPACE,
  },
  'databricks.reads': { limits: [{ count: 100, seconds: 1 }], source: WORKSPACE },
  'mail.sends': {
    limits: [
      { count: 5, seconds: 60 },
      { count: 10, seconds: 3600 },
    ],
    source: MAIL,
  },
  'mail.reads': {
    limits: [
      { count: 10, seconds: 60 },
      { count: 20, seconds: 3600 },
    ],
    source: MAIL,
  },
  'vault.transactions': { limits: [{ count: 4000, seconds: 10 }], source: VAULT },
} as const satisfies Record<string, { limits: readonly Limit[]; source: string }>;

type Rate = keyof typeof RATES;
/** Limits in place of the published ones; none at all where a list is empty. */
export type Rates = Partial<Record<Rate, readonly Limit[]>>;

const Override = z.partialRecord(
  z.enum(Object.keys(RATES) as Rate[]),
  z.array(z.strictObject({ count: z.int().positive(), seconds: z.number().positive() })),
);

/** The rates that `TIDEMARK_RATES` sets in place of published ones: JSON, name to limits. */
export const ratesFrom = (environment: Record<string, string | undefined>): Rates =>
  Override.parse(JSON.parse(environment['TIDEMARK_RATES'] || '{}'));

/** @param spent times in epoch milliseconds of acts that already count, oldest first */
export const quotaOf = (rate: Rate, rates: Rates = {}, spent: readonly number[] = []): Quota =>
  quota(rates[rate] ?? RATES[rate].limits, spent);
