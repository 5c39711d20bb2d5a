import { z } from 'zod';

/** A name that is safe in a table key, a path, a SQL identifier and a Durable instance id. */
export const Name = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]{0,62}$/, 'letters, digits and _ only, a letter first');

/** A whole number that travels as text: counts, window numbers, versions, fences. Past 2^53 nothing is lost. */
export const Count = z.string().regex(/^(0|[1-9][0-9]*)$/, 'a whole number as text');

/** ISO 8601 instant in UTC, for instance `2026-11-22T18:15:00.000Z`. */
export const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, 'an ISO 8601 instant in UTC');

/** Identifies a run; sorts by start time. */
export const RunId = z.string().regex(/^[0-9]{8}T[0-9]{6}-[a-z0-9]{8}$/, 'a run id such as 20261122T181500-1a2b3c4d');

/** A cursor as the source printed it; compared only by the source itself. */
export const Cursor = z.string().min(1).max(256);

export type Count = z.infer<typeof Count>;
export type RunId = z.infer<typeof RunId>;
