import type { CsvFormat } from '../contracts/catalog';
import { FileRefused } from './refused';

/** Turns bytes into text piece by piece, and stops at the first that are none. */
export interface Letters {
  /** @throws FileRefused with the line at fault */
  of(bytes: Uint8Array): string;
  /** What the last bytes come to. @throws FileRefused as above, or when the text is plainly of another encoding */
  end(): string;
}

interface Decoder {
  decode(bytes?: Uint8Array, options?: { stream: boolean }): string;
}

/** The Web calls windows-1252 by the name of ISO-8859-1; Data Factory means the standard. */
const decoderOf = (encoding: CsvFormat['encoding']): Decoder =>
  encoding === 'ISO-8859-1'
    ? { decode: (bytes = new Uint8Array()) => Buffer.from(bytes).toString('latin1') }
    : new TextDecoder(encoding === 'UTF-16' ? 'UTF-16LE' : encoding);

export function lettersOf(encoding: CsvFormat['encoding']): Letters {
  const decoder = decoderOf(encoding);
  const isUnicode = encoding.startsWith('UTF');
  // One sign a byte: nearly everything can be read so, above all UTF-8, which hardly anything else looks like.
  const utf8 = isUnicode ? null : { decoder: new TextDecoder(), fits: true, beyondAscii: false };
  let line = 1;

  const checked = (text: string): string => {
    const bad = text.search(isUnicode ? /[\0\uFFFD\uFFFE]/ : /[\0\x80-\x9f]/);
    if (bad >= 0) throw new FileRefused(fault(encoding, text.charAt(bad), line + ends(text.slice(0, bad))));
    line += ends(text);
    return text;
  };
  const watch = (text: string): void => {
    if (!utf8?.fits) return;
    utf8.fits = !text.includes('\uFFFD');
    utf8.beyondAscii ||= /[^\0-\x7f]/.test(text);
  };
  return {
    of(bytes) {
      if (utf8?.fits) watch(utf8.decoder.decode(bytes, { stream: true }));
      return checked(decoder.decode(bytes, { stream: true }));
    },
    end() {
      if (utf8?.fits) watch(utf8.decoder.decode());
      if (utf8?.fits && utf8.beyondAscii) throw new FileRefused(`it is UTF-8, and declared as ${encoding}`);
      return checked(decoder.decode());
    },
  };
}

const ends = (text: string): number => text.split('\n').length - 1;

function fault(encoding: string, sign: string, line: number): string {
  if (sign === '\0') return `line ${line} holds a NUL: it is UTF-16, or no text`;
  if (sign === '\uFFFD')
    return `line ${line} holds bytes that are no ${encoding}, or U+FFFD where its sender lost a letter`;
  if (sign === '\uFFFE')
    return `its bytes are in the other order: it is ${encoding === 'UTF-16' ? 'UTF-16BE' : 'UTF-16'}`;
  return `line ${line} holds bytes for which ${encoding} has no letter`;
}
