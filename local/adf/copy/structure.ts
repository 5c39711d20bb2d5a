import type { Entry } from '../connectors/files';
import type { Place } from '../connectors/open';
import { literal } from '../connectors/sqlText';
import type { Attempt } from '../engine/activity';
import { ActivityError } from '../engine/failure';
import { csvColumns } from './csvInput';
import { localFile } from './localFile';

/** Interim types of the service for types of Parquet. */
const TYPES: [RegExp, string][] = [
  [/^(BOOLEAN)/, 'Boolean'],
  [/^(TINYINT|SMALLINT|UTINYINT|USMALLINT)/, 'Int16'],
  [/^(INTEGER|UINTEGER)/, 'Int32'],
  [/^(BIGINT|UBIGINT)/, 'Int64'],
  [/^FLOAT/, 'Single'],
  [/^DOUBLE/, 'Double'],
  [/^DECIMAL/, 'Decimal'],
  [/^(TIMESTAMP|DATE)/, 'DateTime'],
  [/^BLOB/, 'Byte[]'],
];

/** The columns of a delimited text file or of a Parquet file, in their order. */
export async function structureOf(
  place: Place,
  entry: Entry,
  attempt: Attempt,
): Promise<{ name: string; type: string }[]> {
  const { dataset } = place;
  if (dataset.type === 'DelimitedText')
    return (await csvColumns(place, entry, dataset.typeProperties, attempt)).map((name) => ({ name, type: 'String' }));
  if (dataset.type !== 'Parquet')
    throw new ActivityError('BadRequest', `A file of type ${dataset.type} has no structure.`);
  const file = await localFile(place, entry, attempt);
  try {
    return await attempt.context.services.duck.session(attempt.signal, async (duck) => {
      const found = await duck.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${literal(file.path)})`);
      return found.getRowsJson().map(([name, type]) => ({
        name: String(name),
        type: TYPES.find(([test]) => test.test(String(type)))?.[1] ?? 'String',
      }));
    });
  } finally {
    await file.dispose();
  }
}
