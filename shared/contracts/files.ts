import { z } from 'zod';
import { Count, Instant } from './ids';
import { Problem } from './problem';

/** SHA-256 of a file's bytes, as hex. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A file as its server or the lake lists it. */
export const ListedFile = z.strictObject({
  name: z.string(),
  bytes: Count,
  modified: z.string(),
  etag: z.string().default('').describe('version, where the server has one'),
});

/** `waiting` may still be written; `duplicate` holds bytes that came before; `refused` is kept and never read. */
export const FileOutcome = z.enum(['waiting', 'admitted', 'duplicate', 'refused']);

/** One version of one file of a source: a name with its content or, as long as it was not read, a name alone. */
export const SeenFile = z.strictObject({
  source: z.string(),
  name: z.string().describe('as its sender gave it'),
  bytes: Count,
  modified: z.string().describe('as its server lists it'),
  etag: z.string(),
  sha256: Sha256.nullable(),
  kept: z.string().nullable().describe('where its bytes are kept, below the bronze container'),
  outcome: FileOutcome,
  reason: z.string().describe('why it waits or is refused, or which file it repeats'),
  announced: z.boolean().describe('an event said that this version is complete'),
  first: Instant.describe('when this version was seen first'),
  last: Instant.describe('when it was seen last'),
});

/** A file that the factory could not read as its source declares. */
export const UnreadableFile = z.strictObject({ sha256: Sha256, problem: Problem });

export type ListedFile = z.infer<typeof ListedFile>;
export type SeenFile = z.infer<typeof SeenFile>;
export type UnreadableFile = z.infer<typeof UnreadableFile>;
