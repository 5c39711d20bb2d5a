import { z } from 'zod';
import { activity } from '../activity';
import { Count, Instant } from '../ids';
import { Problem } from '../problem';
import { Attempt, External, Failed, LookTask, Running } from '../steps';

/** The comparison of a source's listed keys with silver. */

/** What silver held that the source does not have any more. */
export const Compared = z.strictObject({ kind: z.literal('compared'), deleted: Count });

const Work = LookTask.extend({ attempt: Attempt });

export const startDeletes = activity(
  'startDeletes',
  Work.extend({ begun: Instant.describe('before the list: it says nothing of rows that came later') }),
  External,
);
export const readDeletes = activity(
  'readDeletes',
  Work.extend({ job: External }),
  z.discriminatedUnion('kind', [
    Running,
    Failed,
    Compared,
    z.strictObject({ kind: z.literal('stopped'), problem: Problem }),
  ]),
);

/** Before gold: that the table of the source has changed, or may have, where the job cannot be asked any more. */
export const noteDeletes = activity(
  'noteDeletes',
  LookTask.extend({ deleted: Count.nullable().describe('null: it is not known') }),
  z.null(),
);

export type Compared = z.infer<typeof Compared>;
