import type { MySqlSource, Source, Table } from '../contracts/catalog';
import type { Problem } from '../contracts/problem';
import type { SourceColumn } from '../contracts/steps';
import { problem } from '../problem';

/** Columns by name: order and upper or lower case do not matter to a source, so they do not matter here. */
const names = (columns: readonly { name: string }[]): Map<string, string> =>
  new Map(columns.map(({ name }) => [name.toLowerCase(), name]));

/** What the source has against what the catalog declares. */
export function schemaProblems(source: Source, table: Table, actual: readonly SourceColumn[]): Problem[] {
  const has = names(actual);
  const wants = names(table.columns);
  const removed = [...wants].filter(([key]) => !has.has(key)).map(([, name]) => name);
  const added = [...has].filter(([key]) => !wants.has(key)).map(([, name]) => name);
  const problems: Problem[] = [];
  if (removed.length > 0) {
    problems.push(
      problem(
        'SCHEMA_REMOVED',
        source.name,
        `the source no longer has: ${removed.join(', ')} (declared for table ${table.name}).`,
        'Bring the column back, or take it out of the catalog and publish it; then run the source by hand.',
      ),
    );
  }
  if (added.length > 0) {
    problems.push(
      problem(
        'SCHEMA_ADDED',
        source.name,
        `the source has new columns: ${added.join(', ')}; they are not read.`,
        `Declare them for table ${table.name} (type and personal-data class) and publish the catalog.`,
      ),
    );
  }
  return problems;
}

/** Whether the source's policy lets a window with this problem pass. */
export function parks(source: Source, { code }: Problem): boolean {
  if (code === 'SCHEMA_REMOVED') return true;
  if (code === 'SCHEMA_ADDED') return policy(source)?.added === 'park';
  return false;
}

const policy = (source: Source): MySqlSource['schema'] | null => (source.kind === 'mysql' ? source.schema : null);
