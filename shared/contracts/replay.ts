import { z } from 'zod';
import { activity } from './activity';
import { Problem } from './problem';
import { Applied, Attempt, External, SourceTask } from './steps';
import { Lease } from './window';

/** What the replay of a source's quarantined rows came to; `again` are those that break a rule still. */
export const Replayed = z.strictObject({
  kind: z.literal('replayed'),
  outcome: Applied.shape.outcome,
  again: z.array(z.strictObject({ id: z.string(), reasons: z.array(z.string()) })),
});

export const ReplayTask = z.strictObject({ task: SourceTask, lease: Lease });

export const startReplay = activity('startReplay', ReplayTask.extend({ attempt: Attempt }), External);
export const readReplay = activity(
  'readReplay',
  ReplayTask.extend({ replay: External }),
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('running') }),
    z.strictObject({ kind: z.literal('failed'), problem: Problem }),
    Replayed,
  ]),
);
export const settleReplay = activity('settleReplay', ReplayTask.extend({ again: Replayed.shape.again }), z.null());

export type Replayed = z.infer<typeof Replayed>;
