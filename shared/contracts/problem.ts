import { z } from 'zod';

/** Every code that a person can meet; each has a section in docs/errors.md. */
export const ProblemCode = z.enum([
  'AUTH_MISSING',
  'AUTH_INVALID',
  'AUTH_ROLE',
  'REQUEST_INVALID',
  'NOT_FOUND',
  'CATALOG_INVALID',
  'CATALOG_ABSENT',
  'CONNECTION_UNKNOWN',
  'SOURCE_BUSY',
  'SOURCE_UNREACHABLE',
  'SOURCE_ACCESS',
  'SOURCE_QUERY',
  'SOURCE_FILE_ABSENT',
  'SOURCE_FILE_UNSTABLE',
  'SOURCE_FILE_REFUSED',
  'CURSOR_INVALID',
  'CURSOR_NULL',
  'WATERMARK_AHEAD',
  'WATERMARK_LOST',
  'FULL_LOAD_UNASKED',
  'SCHEMA_REMOVED',
  'SCHEMA_CHANGED',
  'SCHEMA_REPORTED',
  'ROWS_UNBALANCED',
  'ROWS_REJECTED',
  'MASS_DELETE',
  'RULE_FAILED',
  'WINDOW_CONFLICT',
  'LEASE_LOST',
  'FACTORY_FAILED',
  'NOTEBOOK_FAILED',
  'VAULT_UNREACHABLE',
  'VAULT_ACCESS',
  'BRONZE_ALTERED',
  'RECONCILE_MISMATCH',
  'DEPENDENCY_FAILED',
  'DATASET_STALE',
  'SOURCE_STALE',
  'RUN_CANCELLED',
  'RUN_ENDED',
  'RUN_ACTIVE',
  'OUTSIDE_CANCELLED',
  'KEY_REUSED',
  'PLAN_STALE',
  'RUN_STALLED',
  'INTERNAL',
]);

/** What failed, where, why, and what to do next. Never a secret, never personal data. */
export const Problem = z.strictObject({
  code: ProblemCode,
  where: z.string().describe('source, dataset or service'),
  why: z.string(),
  next: z.string(),
  transient: z.boolean().default(false).describe('another attempt may help'),
  once: z.literal(true).optional().describe('nobody knows this failure: one attempt more, and no other'),
});

export type ProblemCode = z.infer<typeof ProblemCode>;
export type Problem = z.infer<typeof Problem>;
