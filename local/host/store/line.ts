import { crc32 } from 'node:zlib';

/** One journal line: CRC-32 in hex over the rest, the record's number, its JSON text, a line feed. */
export function encodeLine(number: number, json: string): string {
  const body = `${number} ${json}`;
  return `${crc32(body).toString(16).padStart(8, '0')} ${body}\n`;
}

export interface Line {
  readonly number: number;
  readonly json: string;
}

/** The line without its line feed, or undefined when it is torn or damaged. */
export function decodeLine(line: Buffer): Line | undefined {
  const body = line.subarray(9);
  const sum = line.subarray(0, 8).toString('latin1');
  if (line[8] !== 0x20 || !/^[0-9a-f]{8}$/.test(sum) || crc32(body) !== Number.parseInt(sum, 16)) return undefined;
  const blank = body.indexOf(0x20);
  return {
    number: Number(body.subarray(0, blank).toString('latin1')),
    json: body.subarray(blank + 1).toString('utf8'),
  };
}
