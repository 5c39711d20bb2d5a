import { z } from 'zod';
import { Reading, Sighting } from './cursor';
import { Sha256 } from './files';
import { Count, Cursor, Instant, RunId } from './ids';
import { Problem } from './problem';
import { SchemaDiff } from './schema';

/** What was counted and copied: `read = landed + rejected`, else the window does not land. */
export const Account = z.strictObject({
  counted: Count.nullable().describe('rows below the read point by the source itself; null where it cannot count'),
  read: Count,
  landed: Count,
  rejected: Count,
});

/** What became of the rows that landed: `landed = merged + duplicates + quarantined (+ erased)`, else the window is not applied. */
export const Outcome = z.strictObject({
  merged: Count.describe('the newest good version of each key: inserted + updated + unchanged'),
  duplicates: Count.describe('older versions of those, in the same window'),
  quarantined: Count,
  inserted: Count,
  updated: Count,
  unchanged: Count.describe('silver held the same, or a newer version'),
  deleted: Count.describe('of those inserted or updated: marked as deleted'),
  erased: Count.optional().describe('rows of people whom an erasure keeps out'),
});

/** The same for one file: `read = landed + rejected`, `landed = merged + duplicates + quarantined`. */
export const FileAccount = z.strictObject({
  file: z.string(),
  landed: Count,
  rejected: Count,
  merged: Count,
  duplicates: Count,
  quarantined: Count,
});

/**
 * A file of bronze as it landed, or as an erasure left it, without an ETag then. The ETag is new whenever it is written
 * again, the SHA-256 whenever it is another.
 */
export const LandedFile = z.strictObject({
  container: z.string(),
  path: z.string(),
  bytes: Count,
  rows: Count,
  etag: z.string(),
  sha256: Sha256,
});

/** One file of a file source, admitted into a window: known by its content. */
export const InputFile = z.strictObject({
  path: z.string().describe('where its bytes are kept, below the bronze container'),
  name: z.string().describe('name as its sender gave it'),
  bytes: Count,
  sha256: Sha256,
});

export const WindowState = z.enum(['planned', 'landed', 'applied', 'committed', 'parked', 'abandoned']);

/** A half-open piece `(lower, upper]` of a source's history, and how far it has come. */
export const Window = z.strictObject({
  source: z.string(),
  number: Count,
  state: WindowState,
  mode: z.enum(['snapshot', 'incremental', 'files']),
  lower: Cursor.nullable(),
  upper: Cursor.nullable().describe('while planned: reads no further than this; null: as far as the source allows'),
  follows: z
    .boolean()
    .default(false)
    .describe('does not look back, nor read rows without a cursor: a window before it has done both'),
  attempt: Count,
  run: RunId,
  catalog: Count,
  lane: z.string().optional().describe('beside the live history: the lane that it is in'),
  files: z.array(InputFile).default([]),
  account: Account.nullable(),
  outcome: Outcome.nullable().default(null),
  byFile: z.array(FileAccount).default([]),
  reading: Reading.nullable().default(null).describe('of a cursor window that has landed'),
  manifest: z.string().nullable().describe('path in the bronze container'),
  problem: Problem.nullable(),
  schema: SchemaDiff.nullable().default(null).describe('why it is parked, when its source has changed'),
  changed: Instant,
});

/** Up to where a source is known to be in silver. */
export const Watermark = z.strictObject({
  source: z.string(),
  cursor: Cursor.nullable(),
  window: Count,
  run: RunId,
  committed: Instant,
  sighting: Sighting.nullable().default(null).describe('of an integer cursor: the next bound, once it is old enough'),
});

/** The right to write a source's windows; a holder with a lower fence is refused. */
export const Lease = z.strictObject({ source: z.string(), holder: RunId, fence: Count });

/** What readers of bronze trust; half a copy has none and is invisible. */
export const Manifest = z.strictObject({
  source: z.string(),
  table: z.string(),
  window: Count,
  attempt: Count,
  mode: Window.shape.mode,
  lower: Cursor.nullable(),
  upper: Cursor.nullable(),
  files: z.array(LandedFile),
  inputs: z.array(InputFile),
  rows: z.strictObject({
    read: Count,
    landed: Count,
    rejected: Count,
    erased: Count.optional().describe('rows of erased persons, which landed and are no longer in the files'),
  }),
  replaces: Sha256.optional().describe('the manifest as it was put, when an erasure has shortened it'),
  reading: Reading.nullable().default(null),
  catalog: Count,
  fingerprint: z.string(),
  rejects: z.array(z.string()).default([]).describe('session logs of the copy with its rejected lines'),
});

export type Account = z.infer<typeof Account>;
export type FileAccount = z.infer<typeof FileAccount>;
export type Outcome = z.infer<typeof Outcome>;
export type InputFile = z.infer<typeof InputFile>;
export type LandedFile = z.infer<typeof LandedFile>;
export type Window = z.infer<typeof Window>;
export type Watermark = z.infer<typeof Watermark>;
export type Lease = z.infer<typeof Lease>;
export type Manifest = z.infer<typeof Manifest>;
