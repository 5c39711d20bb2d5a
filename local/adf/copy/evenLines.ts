import { Transform } from 'node:stream';

const LF = 0x0a;
const CR = 0x0d;

/**
 * Makes every row end with \n, be it \r\n, \r or \n: all three end rows for the service, DuckDB wants one kind a file.
 * Inside quotes nothing is changed.
 */
export function evenLines(quote: string, escaping: string, delimiter: string): Transform {
  const [quoteByte, escapeByte, delimiterByte] = [quote, escaping, delimiter].map((sign) => sign.charCodeAt(0));
  let quoted = false;
  let fresh = true;
  let escaped = false;
  let afterCr = false;

  const even = (chunk: Buffer): Buffer => {
    const out = Buffer.allocUnsafe(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      const followsCr = afterCr;
      afterCr = false;
      if (!quoted && byte === LF && followsCr) continue;
      if (!quoted && byte === CR) afterCr = true;
      out[length] = !quoted && byte === CR ? LF : byte;
      length += 1;
      if (quoted) {
        // A quote that is doubled closes and opens again, which comes to the same.
        if (!escaped && byte === quoteByte) quoted = false;
        escaped = !escaped && byte === escapeByte && escapeByte !== quoteByte;
        fresh = !quoted;
      } else {
        quoted = fresh && byte === quoteByte;
        fresh = byte === delimiterByte || byte === CR || byte === LF;
      }
    }
    return out.subarray(0, length);
  };
  return new Transform({ transform: (chunk: Buffer, _, done) => done(null, even(chunk)) });
}
