import type { WorkOf } from '../activities/works';
import { open, openPlace } from '../connectors/open';
import type { CopyProperties } from '../definition/copy';
import type { DatasetReference } from '../definition/dynamic';
import type { Attempt } from '../engine/activity';
import { ActivityError } from '../engine/failure';
import { binary } from './binary';
import { csvToParquet } from './csvToParquet';
import { mysqlToParquet } from './mysqlToParquet';
import { copyOutput, type Moved } from './output';
import { parquetTo } from './parquetTo';

/** Moves data from one data set to another. */
export const copy: WorkOf<'Copy'> = async (properties, attempt) => {
  const started = Date.now();
  const { inputs, outputs } = attempt.activity;
  const [from, to] = [single(attempt, inputs, 'input'), single(attempt, outputs, 'output')];
  const moved = await move(properties, from, to, attempt);
  return copyOutput(moved, started, from.linked.type, to.linked.type);
};

function single(attempt: Attempt, references: DatasetReference[], what: string) {
  const [reference] = references;
  if (!reference || references.length > 1) throw new ActivityError('BadRequest', `A Copy has exactly one ${what}.`);
  return open(attempt, reference);
}

async function move(
  properties: CopyProperties,
  from: ReturnType<typeof open>,
  to: ReturnType<typeof open>,
  attempt: Attempt,
): Promise<Moved> {
  const { source, sink } = properties;
  const target = await openPlace(attempt, to);
  if (!target.lake) throw new ActivityError('BadRequest', 'Only the lake can be written to here.');
  const into = { ...target, lake: target.lake };
  if (source.type === 'MySqlSource' && sink.type === 'ParquetSink') return mysqlToParquet(source, from, into, attempt);
  const origin = await openPlace(attempt, from);
  try {
    if (source.type === 'BinarySource' && sink.type === 'BinarySink')
      return await binary(properties, source, origin, into, attempt);
    if (source.type === 'DelimitedTextSource' && sink.type === 'ParquetSink')
      return await csvToParquet(properties, source, origin, into, attempt);
    if (source.type === 'ParquetSource' && (sink.type === 'ParquetSink' || sink.type === 'DelimitedTextSink'))
      return await parquetTo(source, sink, origin, into, attempt);
  } finally {
    await origin.store.close();
  }
  throw new ActivityError('BadRequest', `A copy from ${source.type} to ${sink.type} is not imitated here.`);
}
