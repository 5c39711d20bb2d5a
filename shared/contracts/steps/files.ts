import { z } from 'zod';
import { activity } from '../activity';
import { ListedFile, Sha256, UnreadableFile } from '../files';
import { Problem } from '../problem';
import { Attempt, External, Failed, LookTask, Running, WindowTask } from '../steps';
import { InputFile } from '../window';

const Listed = z.strictObject({ kind: z.literal('listed'), files: z.array(ListedFile) });

/** A look at what lies in the folder of a source; `nth` tells the looks of one run apart. */
const Look = LookTask.extend({ nth: z.number().int().min(1), attempt: Attempt });

export const startLook = activity('startLook', Look, External);
export const readLook = activity(
  'readLook',
  LookTask.extend({ look: External }),
  z.discriminatedUnion('kind', [Running, Failed, Listed]),
);
export const listLanding = activity('listLanding', LookTask, Listed);

/** What a look comes to: the files that are complete, and how long the youngest of the others has yet to rest. */
export const sightFiles = activity(
  'sightFiles',
  LookTask.extend({ files: z.array(ListedFile) }),
  z.strictObject({
    ready: z.array(ListedFile),
    companions: z.array(ListedFile).describe('what lies beside them and has to be read too'),
    gone: z.array(Sha256).describe('content of files of the open window that their sender took away'),
    restSeconds: z.number().nonnegative(),
    problems: z.array(Problem),
  }),
);

export const startFetch = activity(
  'startFetch',
  LookTask.extend({ attempt: Attempt, files: z.array(ListedFile) }),
  External,
);
export const readFetch = activity(
  'readFetch',
  LookTask.extend({ fetch: External, files: z.array(ListedFile) }),
  z.discriminatedUnion('kind', [
    Running,
    Failed,
    z.strictObject({ kind: z.literal('fetched'), files: z.array(ListedFile), problems: z.array(Problem) }),
  ]),
);

export const admitFiles = activity(
  'admitFiles',
  LookTask.extend({ files: z.array(ListedFile) }),
  z.strictObject({ files: z.array(InputFile), problems: z.array(Problem) }),
);

export const refuseFiles = activity(
  'refuseFiles',
  WindowTask.extend({ files: z.array(UnreadableFile) }),
  z.strictObject({ problems: z.array(Problem) }),
);
