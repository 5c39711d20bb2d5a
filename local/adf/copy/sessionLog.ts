import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { link } from '../connectors/open';
import type { LogSettings } from '../definition/stores';
import type { Attempt } from '../engine/activity';
import { ActivityError } from '../engine/failure';
import { pipelineScope } from '../engine/scope';
import type { Rejected } from './csvToParquet';

const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const line = (cells: string[]): string => `${cells.map(cell).join(',')}\n`;

/**
 * Writes the rows that a Copy left out into its session log.
 * https://learn.microsoft.com/azure/data-factory/copy-activity-log
 * @returns the log's path, container first
 */
export async function sessionLog(
  { logLocationSettings }: LogSettings,
  rejected: Rejected[],
  file: string,
  attempt: Attempt,
): Promise<string> {
  const { linkedServiceName, path } = logLocationSettings;
  const linked = link(attempt, linkedServiceName, pipelineScope(attempt.context, attempt.frame));
  if (linked.type !== 'AzureBlobFS')
    throw new ActivityError('BadRequest', `The session log cannot be written to a ${linked.type}.`);
  const [container = '', ...folders] = path.split('/').filter(Boolean);
  const target = [
    ...folders,
    'copyactivity-logs',
    attempt.activity.name,
    attempt.activityRunId,
    `${randomUUID()}.csv`,
  ].join('/');
  const at = new Date().toISOString().replace('T', ' ').replace('Z', '0000');
  const rows = function* () {
    yield line(['Timestamp', 'Level', 'OperationName', 'OperationItem', 'Message']);
    for (const { line: number, reason, raw } of rejected)
      yield line([at, 'Warning', 'TabularRowSkip', raw, `${file}, line ${number}: ${reason}`]);
  };
  await attempt.context.services
    .lake(linked.typeProperties.url)
    .container(container)
    .write(target, Readable.from(rows()));
  return `${container}/${target}`;
}
