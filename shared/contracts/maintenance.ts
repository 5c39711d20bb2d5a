import { z } from 'zod';
import { activity } from './activity';
import { Count, Instant, RunId } from './ids';
import { Problem } from './problem';
import { PartReport, Trigger } from './run';
import { External, Pace } from './steps';

/** What a maintenance run was asked to do; `tables` are silver tables and gold datasets, null for the whole lake. */
export const MaintenanceRequest = z.strictObject({
  run: RunId,
  catalog: Count,
  tables: z.array(z.string()).min(1).nullable(),
  trigger: Trigger,
});

/** One Delta table in one maintenance run. */
export const TableTask = z.strictObject({
  run: RunId,
  catalog: Count,
  layer: z.enum(['silver', 'gold']),
  table: z.string(),
  pace: Pace,
  attempts: z.number().int().min(1),
});

/** Files that are kept for a time only: a folder of the lake, and how long. */
export const ExpiryTask = z.strictObject({
  run: RunId,
  container: z.string(),
  folder: z.string(),
  before: Instant,
  pace: Pace,
});

const Running = z.strictObject({ kind: z.literal('running') });
const Failed = z.strictObject({ kind: z.literal('failed'), problem: Problem });
const Done = z.strictObject({ kind: z.literal('done'), report: PartReport });
const Look = z.discriminatedUnion('kind', [Running, Failed, Done]);

export const openMaintenance = activity(
  'openMaintenance',
  MaintenanceRequest,
  z.strictObject({ tables: z.array(TableTask), expiries: z.array(ExpiryTask) }),
);
export const startMaintain = activity(
  'startMaintain',
  z.strictObject({ task: TableTask, attempt: z.number().int() }),
  External,
);
export const readMaintain = activity('readMaintain', z.strictObject({ task: TableTask, maintain: External }), Look);
export const sweepOrphans = activity('sweepOrphans', MaintenanceRequest, PartReport);
export const purgeHistory = activity('purgeHistory', MaintenanceRequest, PartReport);
export const startExpiry = activity('startExpiry', ExpiryTask, External);
export const readExpiry = activity('readExpiry', z.strictObject({ task: ExpiryTask, expiry: External }), Look);
export const closeMaintenance = activity(
  'closeMaintenance',
  z.strictObject({ request: MaintenanceRequest, parts: z.array(PartReport) }),
  z.null(),
);

export type MaintenanceRequest = z.infer<typeof MaintenanceRequest>;
export type TableTask = z.infer<typeof TableTask>;
export type ExpiryTask = z.infer<typeof ExpiryTask>;
