import { ExpressionError } from '../value';
import { type Instant, toMs } from './instant';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const ROUND_TRIP = "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK";

/** Standard formats of one letter, in the invariant culture. */
const STANDARD: Record<string, string> = {
  d: 'MM/dd/yyyy',
  D: 'dddd, dd MMMM yyyy',
  t: 'HH:mm',
  T: 'HH:mm:ss',
  f: 'dddd, dd MMMM yyyy HH:mm',
  F: 'dddd, dd MMMM yyyy HH:mm:ss',
  g: 'MM/dd/yyyy HH:mm',
  G: 'MM/dd/yyyy HH:mm:ss',
  m: 'MMMM dd',
  M: 'MMMM dd',
  o: ROUND_TRIP,
  O: ROUND_TRIP,
  r: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  R: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  s: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
  u: "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
  y: 'yyyy MMMM',
  Y: 'yyyy MMMM',
};
const PIECE = /'[^']*'|"[^"]*"|\\.|%|([yMdHhmsfFtzK])\1*|[\s\S]/g;

/** Writes an instant in a .NET format, standard or custom. */
export function formatInstant({ ticks, kind }: Instant, format = 'o'): string {
  const custom = format.length === 1 ? STANDARD[format] : format;
  if (custom === undefined || custom === '') throw new ExpressionError(`'${format}' is no format of a date and time`);
  const date = new Date(toMs(ticks));
  const suffix = kind === 'utc' ? 'Z' : kind === 'offset' ? '+00:00' : '';
  return custom.replace(PIECE, (piece) => write(piece, date, ticks, suffix));
}

function write(piece: string, date: Date, ticks: bigint, suffix: string): string {
  const pad = (value: number, least = Math.min(piece.length, 2)) => String(value).padStart(least, '0');
  const fraction = String(ticks % 10_000_000n)
    .padStart(7, '0')
    .slice(0, piece.length);
  const name = (names: string[], at: number) => (piece.length === 3 ? names[at]?.slice(0, 3) : names[at]) ?? '';
  const hour = date.getUTCHours();
  switch (piece[0]) {
    case 'y':
      return piece.length <= 2 ? pad(date.getUTCFullYear() % 100) : pad(date.getUTCFullYear(), piece.length);
    case 'M':
      return piece.length <= 2 ? pad(date.getUTCMonth() + 1) : name(MONTHS, date.getUTCMonth());
    case 'd':
      return piece.length <= 2 ? pad(date.getUTCDate()) : name(DAYS, date.getUTCDay());
    case 'H':
      return pad(hour);
    case 'h':
      return pad(hour % 12 || 12);
    case 'm':
      return pad(date.getUTCMinutes());
    case 's':
      return pad(date.getUTCSeconds());
    case 'f':
      return fraction;
    case 'F':
      return fraction.replace(/0+$/, '');
    case 't':
      return (hour < 12 ? 'AM' : 'PM').slice(0, piece.length);
    case 'z':
      return ['+0', '+00', '+00:00'][Math.min(piece.length, 3) - 1] ?? '';
    case 'K':
      return suffix;
    case "'":
    case '"':
      return piece.length > 1 ? piece.slice(1, -1) : piece;
    case '\\':
      return piece.slice(1);
    case '%':
      return '';
    default:
      return piece;
  }
}
