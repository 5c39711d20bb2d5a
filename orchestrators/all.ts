import { backfill } from './backfill';
import type { Orchestration } from './call';
import { eraseSubject } from './eraseSubject';
import { ingestSource } from './ingestSource';
import { maintain } from './maintain';
import { medallion } from './medallion';
import { publishDataset } from './publishDataset';
import { replaySource } from './replaySource';

/** Every orchestrator by the name under which it runs. */
export const orchestrations = [
  medallion,
  backfill,
  ingestSource,
  replaySource,
  publishDataset,
  maintain,
  eraseSubject,
] as unknown as readonly Orchestration<unknown, unknown>[];
