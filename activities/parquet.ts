import { type AsyncBuffer, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { TextTable } from '../shared/gold/reconcile';
import type { Lake } from '../shared/ports/lake';

const buffer = (lake: Lake, container: string, path: string, byteLength: number): AsyncBuffer => ({
  byteLength,
  slice: async (from, to = byteLength) => {
    const bytes = await lake.range(container, path, from, to);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  },
});

/** Rows that a Parquet file says it holds, from its footer: a log can be wrong, a footer is what readers see. */
export async function parquetRows(lake: Lake, container: string, path: string, bytes: number): Promise<string> {
  const { num_rows } = await parquetMetadataAsync(buffer(lake, container, path, bytes));
  return String(num_rows);
}

/** Rows `from` to `to` of a Parquet file whose columns are all text. */
export async function parquetText(
  lake: Lake,
  container: string,
  path: string,
  bytes: number,
  from = 0,
  to?: number,
): Promise<TextTable> {
  const file = buffer(lake, container, path, bytes);
  const metadata = await parquetMetadataAsync(file);
  const columns = metadata.schema.slice(1).map(({ name }) => name);
  const rowEnd = Math.min(to ?? Number(metadata.num_rows), Number(metadata.num_rows));
  const objects = await parquetReadObjects({ file, metadata, compressors, rowStart: from, rowEnd });
  const text = (cell: unknown): string | null => (cell === null || cell === undefined ? null : String(cell));
  return { columns, rows: objects.map((row) => columns.map((column) => text(row[column]))) };
}
