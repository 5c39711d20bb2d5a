import { z } from 'zod';
import { sum } from '../contracts/counts';
import { Guarantee, type Reading } from '../contracts/cursor';
import type { ListedFile, UnreadableFile } from '../contracts/files';
import type { SourceColumn } from '../contracts/schema';
import type { Copied } from '../contracts/steps';
import type { FactoryActivity } from '../ports/factory';

const Whole = z.union([z.string(), z.number()]).transform(String).pipe(z.string().regex(/^\d+$/));

const CopyOutput = z.object({
  rowsRead: Whole.optional(),
  rowsCopied: Whole.optional(),
  rowsSkipped: Whole.optional(),
  logFilePath: z.string().optional(),
});
const Row = <T extends z.ZodRawShape>(shape: T) => z.object({ firstRow: z.object(shape) });
const ReadPoint = Row({
  upper_bound: z.string().nullable(),
  read_point: z.string().nullable(),
  from_bound: z.string().nullable(),
  complete: z.enum(['0', '1']),
  guarantee: Guarantee,
  without_cursor: Whole,
  ahead: z.enum(['0', '1']),
  seen: z.string(),
  seen_at: z.string(),
});
type Point = z.infer<typeof ReadPoint>['firstRow'];
const Counted = z.object({ value: z.array(z.object({ row_count: Whole })) });
const Columns = z.object({ value: z.array(z.object({ name: z.string(), type: z.string() })) });
const Structure = z.object({ structure: z.array(z.object({ name: z.string(), type: z.string().default('String') })) });
const Listed = z.object({ itemName: z.string(), size: Whole, lastModified: z.string() });
const Gone = z.object({ exists: z.literal(false) });

const outputs = (activities: readonly FactoryActivity[], name: string): unknown[] =>
  activities
    .filter((activity) => activity.name === name && activity.status === 'Succeeded')
    .map(({ output }) => output);

/** The account of a copy, as its Copy activities gave it. */
function account(copies: readonly unknown[], counted: string | null): Copied['account'] {
  const parsed = copies.map((output) => CopyOutput.parse(output));
  return {
    counted,
    read: sum(parsed.map(({ rowsRead }) => rowsRead)),
    landed: sum(parsed.map(({ rowsCopied }) => rowsCopied)),
    rejected: sum(parsed.map(({ rowsSkipped }) => rowsSkipped)),
  };
}

/** What a MySQL copy found and moved. */
export function mysqlCopied(activities: readonly FactoryActivity[]): Copied {
  const point = readPoint(activities);
  const counts = outputs(activities, 'Count').flatMap((output) => Counted.parse(output).value);
  return {
    kind: 'copied',
    upper: point?.upper_bound ?? null,
    account: account(outputs(activities, 'Copy rows'), sum(counts.map(({ row_count }) => row_count))),
    reading: point ? readingOf(point) : null,
    columns: tableColumns(activities),
    sometimes: [],
    logs: [],
  };
}

/** How many parts a table was copied in: every one of them was counted, and had rows. */
export const partsOf = (activities: readonly FactoryActivity[]): number => outputs(activities, 'Copy rows').length;

/** What the server said of its read point, or null before it did. */
function readPoint(activities: readonly FactoryActivity[]): Point | null {
  const [point] = outputs(activities, 'Read point').map((output) => ReadPoint.parse(output).firstRow);
  return point ?? null;
}

/** The upper bound that the pipeline read on the server, or null before it did. */
export const upperBound = (activities: readonly FactoryActivity[]): string | null =>
  readPoint(activities)?.upper_bound ?? null;

const readingOf = (point: Point): Reading => ({
  guarantee: point.guarantee,
  readPoint: point.read_point,
  complete: point.complete === '1',
  from: point.from_bound,
  withoutCursor: point.without_cursor,
  ahead: point.ahead === '1',
  sighting: point.seen === '' ? null : { cursor: point.seen, at: point.seen_at },
});

/** The columns that the table has now; none when the copy failed before it looked. */
export const tableColumns = (activities: readonly FactoryActivity[]): SourceColumn[] =>
  outputs(activities, 'Columns').flatMap((output) => Columns.parse(output).value);

/**
 * Folders of the lake, container first, below which the session logs with the lines that were left out lie. A copy that
 * left out nothing names a folder too, with no log in it.
 */
export const logFolders = (activities: readonly FactoryActivity[]): string[] => {
  const copies = outputs(activities, 'Copy file').map((output) => CopyOutput.parse(output));
  return copies.flatMap(({ rowsSkipped = '0', logFilePath = [] }) => (rowsSkipped === '0' ? [] : logFilePath));
};

/**
 * What a copy of landed files found and moved. Files of several vintages have their columns by name.
 * @param logs the session logs, container first
 */
export function filesCopied(activities: readonly FactoryActivity[], logs: string[]): Copied {
  const structures = outputs(activities, 'Look at file').map((output) => Structure.parse(output).structure);
  const columns = [...new Map(structures.flat().map((column) => [column.name.toLowerCase(), column])).values()];
  const everywhere = ({ name }: SourceColumn) =>
    structures.every((structure) => structure.some((column) => column.name.toLowerCase() === name.toLowerCase()));
  return {
    kind: 'copied',
    upper: null,
    account: account(outputs(activities, 'Copy file'), null),
    reading: null,
    columns,
    sometimes: columns.filter((column) => !everywhere(column)).map(({ name }) => name),
    logs,
  };
}

/** Files that could not be read as they are declared, each with what the factory said of it. */
export const unreadableFiles = (activities: readonly FactoryActivity[]): UnreadableFile[] =>
  activities.flatMap(({ problem, properties: { File: sha256 } }) =>
    problem?.code === 'SOURCE_FILE_REFUSED' && sha256 !== undefined ? [{ sha256, problem }] : [],
  );

/** The files that looks of this name at an SFTP server found; one that was gone by then is left out. */
export const listedFiles = (activities: readonly FactoryActivity[], look: string): ListedFile[] =>
  outputs(activities, look).flatMap((output) => {
    if (Gone.safeParse(output).success) return [];
    const { itemName, size, lastModified } = Listed.parse(output);
    return [{ name: itemName, bytes: size, modified: lastModified, etag: '' }];
  });
