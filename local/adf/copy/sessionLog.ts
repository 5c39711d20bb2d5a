import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { link } from '../connectors/open';
import type { LogSettings } from '../definition/stores';
import type { Attempt } from '../engine/activity';
import { ActivityError } from '../engine/failure';
import { pipelineScope } from '../engine/scope';
import type { Rejected } from './csvToParquet';

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** How the service begins what it says of a row of a text file. */
const PLACE = "Error found when processing 'Csv/Tsv Format Text' source";

/**
 * Writes the rows that a Copy left out, if there are any, into its session log.
 * https://learn.microsoft.com/azure/data-factory/copy-activity-log
 * @returns the folder of the log, container first; the service tells it whether or not it has written anything
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
  const folder = [...folders, 'copyactivity-logs', attempt.activity.name, attempt.activityRunId, ''].join('/');
  const at = new Date().toISOString().replace('T', ' ').replace('Z', '0000');
  const rows = function* () {
    yield 'Timestamp, Level, OperationName, OperationItem, Message\n';
    for (const { line, reason, raw } of rejected) {
      const message = `${PLACE} '${file}' with row number ${line}: ${reason}`;
      yield `${at}, Warning, TabularRowSkip, ${quoted(raw)}, ${quoted(message)}\n`;
    }
  };
  const lake = attempt.context.services.lake(linked.typeProperties.url).container(container);
  if (rejected.length > 0) await lake.write(`${folder}${randomUUID()}.txt`, Readable.from(rows()));
  return `${container}/${folder}`;
}
