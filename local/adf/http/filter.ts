import { z } from 'zod';
import type { ActivityRun, PipelineRun } from '../store/records';

/** Body of the two run queries. https://learn.microsoft.com/rest/api/datafactory/pipeline-runs/query-by-factory */
export const RunFilter = z.object({
  lastUpdatedAfter: z.coerce.date(),
  lastUpdatedBefore: z.coerce.date(),
  filters: z
    .array(
      z.object({
        operand: z.enum([
          'PipelineName',
          'Status',
          'RunStart',
          'RunEnd',
          'RunGroupId',
          'LatestOnly',
          'ActivityName',
          'ActivityType',
          'ActivityRunStart',
          'ActivityRunEnd',
        ]),
        operator: z.enum(['Equals', 'NotEquals', 'In', 'NotIn']),
        values: z.array(z.coerce.string()),
      }),
    )
    .nullish(),
  orderBy: z.array(z.object({ orderBy: z.string(), order: z.enum(['ASC', 'DESC']) })).nullish(),
  continuationToken: z.string().nullish(),
});
export type RunFilter = z.infer<typeof RunFilter>;

type Fields = Record<string, string>;

/** The operands of a run as filters and orders see them. */
export const pipelineFields = (run: PipelineRun): Fields => ({
  PipelineName: run.pipelineName,
  Status: run.status,
  RunStart: run.runStart,
  RunEnd: run.runEnd ?? '',
  RunGroupId: run.runGroupId,
  LatestOnly: String(run.isLatest),
});

export const activityFields = (run: ActivityRun): Fields => ({
  Status: run.status,
  ActivityName: run.activityName,
  ActivityType: run.activityType,
  ActivityRunStart: run.activityRunStart,
  ActivityRunEnd: run.activityRunEnd ?? '',
});

function fits(fields: Fields, { operand, operator, values }: NonNullable<RunFilter['filters']>[number]): boolean {
  const value = fields[operand]?.toLowerCase() ?? '';
  const hit = values.some((wanted) => wanted.toLowerCase() === value);
  return operator === 'NotEquals' || operator === 'NotIn' ? !hit : hit;
}

const PAGE = 100;

/**
 * One page of what a filter finds.
 * @param updated when a record changed last; a window that ends before it begins finds nothing
 */
export function page<T>(all: readonly T[], filter: RunFilter, fields: (one: T) => Fields, updated: (one: T) => string) {
  const [after, before] = [filter.lastUpdatedAfter.getTime(), filter.lastUpdatedBefore.getTime()];
  const inWindow = (one: T) => Date.parse(updated(one)) >= after && Date.parse(updated(one)) <= before;
  const found = all.filter((one) => inWindow(one) && (filter.filters ?? []).every((each) => fits(fields(one), each)));
  for (const { orderBy, order } of [...(filter.orderBy ?? [])].reverse()) {
    const sign = order === 'ASC' ? 1 : -1;
    found.sort((a, b) => sign * (fields(a)[orderBy] ?? '').localeCompare(fields(b)[orderBy] ?? ''));
  }
  const from = Number(filter.continuationToken ?? 0);
  const next = from + PAGE < found.length ? { continuationToken: String(from + PAGE) } : {};
  return { value: found.slice(from, from + PAGE), ...next };
}
