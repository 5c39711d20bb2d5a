import { z } from 'zod';
import { activity } from './activity';
import { Count, Instant, RunId } from './ids';
import { PartReport, Trigger } from './run';
import { External, Failed, Running, SourceTask } from './steps';
import { Lease } from './window';

/** Whom to erase: a keyed hash of the key, so that no record, log or history ever holds the key itself. */
export const Subject = z.string().regex(/^[0-9a-f]{64}$/);

export const ErasureRequest = z.strictObject({
  run: RunId,
  catalog: Count,
  table: z.string(),
  source: z.string().describe('the one that feeds the table'),
  subject: Subject,
  purgeNow: z.boolean().describe('old versions of the tables go at once, not after their time'),
  trigger: Trigger,
});

/** An entry of the ledger of erasures, which every later apply of the table reads. */
export const Erasure = z.strictObject({ table: z.string(), subject: Subject, run: RunId, at: Instant });

export const openErasure = activity(
  'openErasure',
  ErasureRequest,
  z.strictObject({ task: SourceTask, datasets: z.array(z.string()).describe('made of the table') }),
);
const Clear = z.discriminatedUnion('kind', [Running, z.strictObject({ kind: z.literal('clear') })]);

export const awaitLanes = activity('awaitLanes', ErasureRequest, Clear);
export const startErase = activity(
  'startErase',
  z.strictObject({ request: ErasureRequest, attempt: z.number().int() }),
  External,
);
export const readErase = activity(
  'readErase',
  z.strictObject({ request: ErasureRequest, lease: Lease, erase: External }),
  z.discriminatedUnion('kind', [
    Running,
    Failed,
    z.strictObject({ kind: z.literal('erased'), parts: z.array(PartReport) }),
  ]),
);
export const findReaders = activity('findReaders', ErasureRequest, z.array(RunId));
export const awaitRuns = activity('awaitRuns', z.array(RunId), Clear);
export const dropCopies = activity('dropCopies', ErasureRequest, z.array(PartReport));
export const dropForms = activity('dropForms', z.strictObject({ datasets: z.array(z.string()) }), z.array(PartReport));
export const closeErasure = activity(
  'closeErasure',
  z.strictObject({ request: ErasureRequest, parts: z.array(PartReport) }),
  z.null(),
);

export type ErasureRequest = z.infer<typeof ErasureRequest>;
export type Erasure = z.infer<typeof Erasure>;
