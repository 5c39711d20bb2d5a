import type { CsvFormat } from '../contracts/catalog';
import { lettersOf } from './encoding';
import { headerFault, headerOf } from './header';
import { FileRefused } from './refused';

/** A header is short: more than this without an end of line is no delimited text. */
const LONGEST_HEADER = 1 << 20;

/**
 * Reads a whole file as text and finds out what a copy would not tell: bytes that are no text of the declared encoding
 * (the factory would write U+FFFD in their place), and a header that names no columns.
 * @returns whether there is anything in it
 * @throws FileRefused with the line at fault
 */
export async function inspect(content: AsyncIterable<Uint8Array>, format: CsvFormat): Promise<'rows' | 'empty'> {
  const letters = lettersOf(format.encoding);
  let header = '';
  let names: string[] | null = null;
  let empty = true;
  const take = (text: string): void => {
    if (empty && /\S/.test(text)) empty = false;
    if (names || empty) return;
    header += text;
    names = headerOf(header, format);
    if (!names && header.length > LONGEST_HEADER) throw new FileRefused('its first line has no end');
  };
  for await (const piece of content) take(letters.of(piece));
  take(`${letters.end()}\n`);
  if (empty) return 'empty';
  const fault = headerFault(names ?? []);
  if (names === null) throw new FileRefused('the quotes of its header are never closed');
  if (fault) throw new FileRefused(fault);
  return 'rows';
}
