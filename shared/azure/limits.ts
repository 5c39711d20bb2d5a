import type { Limit } from './pace';

/**
 * What each service takes, so that this process asks for no more. Others may ask beside it: then the service says so.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 * @see https://learn.microsoft.com/azure/databricks/resources/limits
 * @see https://learn.microsoft.com/azure/key-vault/general/service-limits
 */
export const LIMITS = {
  factoryReads: [{ count: 250, seconds: 10 }],
  factoryWrites: [{ count: 200, seconds: 20 }],
  factoryQueries: [{ count: 1000, seconds: 60 }],
  submits: [
    { count: 35, seconds: 1 },
    { count: 10_000, seconds: 3600 },
  ],
  runReads: [{ count: 100, seconds: 1 }],
  secrets: [{ count: 4000, seconds: 10 }],
  /** A domain's own quota is the service's to tell: it differs by domain, and grows on request. */
  letters: [],
} as const satisfies Record<string, readonly Limit[]>;
