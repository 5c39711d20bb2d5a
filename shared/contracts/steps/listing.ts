import { z } from 'zod';
import { activity } from '../activity';
import { BronzeCheck } from '../bronze';
import { Count } from '../ids';
import { DifferingKey, Listing } from '../listing';
import { Attempt, External, Failed, LookTask, Running } from '../steps';

/** What a source has beside what its windows brought: listed into bronze, and held against silver. */

const Work = LookTask.extend({ attempt: Attempt, listing: Listing });

export const checkBronze = activity('checkBronze', LookTask, BronzeCheck);

export const startListing = activity('startListing', Work, External);
export const readListing = activity(
  'readListing',
  Work.extend({ copy: External }),
  z.discriminatedUnion('kind', [Running, Failed, z.strictObject({ kind: z.literal('listed') })]),
);

/** Sums against sums: which buckets differ. */
export const Summed = z.strictObject({
  kind: z.literal('summed'),
  source: Count,
  silver: Count,
  differing: Count,
  buckets: z.array(z.string()),
});
/** Rows against rows: which keys differ. */
export const Traced = z.strictObject({ kind: z.literal('traced'), differing: Count, keys: z.array(DifferingKey) });

export const startCompare = activity('startCompare', Work, External);
export const readCompare = activity(
  'readCompare',
  Work.extend({ job: External }),
  z.discriminatedUnion('kind', [Running, Failed, Summed, Traced]),
);

export type Summed = z.infer<typeof Summed>;
export type Traced = z.infer<typeof Traced>;
