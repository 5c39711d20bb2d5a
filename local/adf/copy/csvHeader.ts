import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { CsvFormat } from '../connectors/open';
import { ActivityError } from '../engine/failure';

/**
 * Names of the columns: the header's, or `Prop_0`, `Prop_1` and so on where the file has none.
 * @param text the file as UTF-8; only its beginning is read
 * @throws ActivityError when the header has an empty or repeated name
 */
export async function csvHeader(text: Readable, format: CsvFormat, path: string): Promise<string[]> {
  const { columnDelimiter, quoteChar, escapeChar, firstRowAsHeader } = format;
  const parser = parse({
    delimiter: columnDelimiter,
    quote: quoteChar || false,
    escape: escapeChar || quoteChar,
    bom: true,
    to: 1,
    relax_quotes: true,
  });
  text.once('error', (error: Error) => parser.destroy(error));
  text.pipe(parser);
  let first: string[] = [];
  try {
    for await (const row of parser) first = row as string[];
  } finally {
    // The rest of the file is not wanted; what its stream says while it is cut short does not matter.
    text.on('error', () => undefined).destroy();
  }
  if (!firstRowAsHeader) return first.map((_, at) => `Prop_${at}`);
  const faulty =
    first.length === 0 ||
    first.some((name, at) => name === '' || first.findIndex((one) => one.toLowerCase() === name.toLowerCase()) !== at);
  if (faulty)
    throw new ActivityError(
      '',
      `The header of '${path}' is empty or has an empty or repeated column name: ${first.join(', ')}`,
    );
  return first;
}
