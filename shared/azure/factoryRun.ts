import type { ActivityRun } from '@azure/arm-datafactory';
import { z } from 'zod';
import type { Problem } from '../contracts/problem';
import type { FactoryActivity } from '../ports/factory';
import { problemOfCopy } from './failure';

/** What an activity run says of its failure; `failureType` is UserError or SystemError. */
const ActivityError = z
  .object({
    errorCode: z.coerce.string().default(''),
    message: z.string().default(''),
    failureType: z.string().default(''),
    target: z.string().default(''),
  })
  .partial()
  .catch({});

/** The activities of a run in the order in which they began. */
export const activitiesOf = (raw: readonly ActivityRun[]): FactoryActivity[] =>
  inOrder(raw).map((run) => ({
    name: run.activityName ?? '',
    type: run.activityType ?? '',
    status: run.status ?? '',
    input: run.input as unknown,
    output: run.output as unknown,
    problem: run.status === 'Failed' ? problemOf(run, '') : null,
    properties: Properties.parse(run['userProperties']),
  }));

/** Why a run failed: the words of its first failed activity, or of the run where no activity came to fail. */
export function failureOf(message: string, raw: readonly ActivityRun[]): Problem {
  const failed = inOrder(raw).filter(({ status }) => status === 'Failed');
  // A container fails because of what is in it, and says less: its parts are looked at first.
  const parts = failed.filter(({ activityType = '' }) => !CONTAINERS.has(activityType));
  const [first] = parts.length > 0 ? parts : failed;
  if (!first) return problemOfCopy(message || 'The run failed without a word.');
  return problemOf(first, message);
}

function problemOf({ error, activityName }: ActivityRun, otherwise: string): Problem {
  const { errorCode = '', message: said = '', failureType = '' } = ActivityError.parse(error ?? {});
  return problemOfCopy(`${failureType} ${errorCode} ${said || otherwise}`.trim(), `${activityName}: `);
}

/** Part of the answer that the SDK does not know by name. */
const Properties = z.record(z.string(), z.string()).catch({});

const CONTAINERS = new Set(['ForEach', 'IfCondition', 'Switch', 'Until', 'ExecutePipeline']);

const inOrder = (raw: readonly ActivityRun[]): ActivityRun[] => {
  const begun = ({ activityRunStart, activityRunId = '' }: ActivityRun) =>
    `${activityRunStart?.toISOString() ?? '~'} ${activityRunId}`;
  return [...raw].sort((a, b) => (begun(a) < begun(b) ? -1 : 1));
};
