import { ExpressionError } from '../value';
import { fromMs, TICKS_PER_MS, toMs } from './instant';

/** Windows names of time zones, as Data Factory wants them, and what Node calls them. */
const WINDOWS: Record<string, string> = {
  UTC: 'UTC',
  'GMT Standard Time': 'Europe/London',
  'Greenwich Standard Time': 'Atlantic/Reykjavik',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Romance Standard Time': 'Europe/Paris',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Central European Standard Time': 'Europe/Warsaw',
  'E. Europe Standard Time': 'Europe/Chisinau',
  'FLE Standard Time': 'Europe/Kyiv',
  'GTB Standard Time': 'Europe/Bucharest',
  'Turkey Standard Time': 'Europe/Istanbul',
  'Russian Standard Time': 'Europe/Moscow',
  'Israel Standard Time': 'Asia/Jerusalem',
  'Egypt Standard Time': 'Africa/Cairo',
  'South Africa Standard Time': 'Africa/Johannesburg',
  'Arabian Standard Time': 'Asia/Dubai',
  'India Standard Time': 'Asia/Kolkata',
  'SE Asia Standard Time': 'Asia/Bangkok',
  'China Standard Time': 'Asia/Shanghai',
  'Singapore Standard Time': 'Asia/Singapore',
  'Taipei Standard Time': 'Asia/Taipei',
  'Tokyo Standard Time': 'Asia/Tokyo',
  'Korea Standard Time': 'Asia/Seoul',
  'AUS Eastern Standard Time': 'Australia/Sydney',
  'New Zealand Standard Time': 'Pacific/Auckland',
  'Eastern Standard Time': 'America/New_York',
  'Central Standard Time': 'America/Chicago',
  'Mountain Standard Time': 'America/Denver',
  'Pacific Standard Time': 'America/Los_Angeles',
  'E. South America Standard Time': 'America/Sao_Paulo',
};

function offsetMs(zone: string, utcMs: number): number {
  const iana = Object.hasOwn(WINDOWS, zone) ? WINDOWS[zone] : undefined;
  if (iana === undefined)
    throw new ExpressionError(
      `the time zone '${zone}' is not known here; use a Windows name such as 'Romance Standard Time'`,
    );
  const format = new Intl.DateTimeFormat('en-US', { timeZone: iana, timeZoneName: 'longOffset' });
  const text = format.formatToParts(utcMs).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(text) ?? [];
  const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -ms : ms;
}

const shifted = (ticks: bigint, ms: number): bigint => ticks + BigInt(ms) * TICKS_PER_MS;

export const fromUtc = (ticks: bigint, zone: string): bigint => shifted(ticks, offsetMs(zone, toMs(ticks)));

/** Of an hour that occurs twice the standard-time one is meant; one that does not occur moves forward. */
export function toUtc(ticks: bigint, zone: string): bigint {
  const local = toMs(ticks);
  const candidates = [local - offsetMs(zone, local - 86_400_000), local - offsetMs(zone, local + 86_400_000)];
  const exact = candidates.filter((utc) => utc + offsetMs(zone, utc) === local);
  const utc = exact.length > 0 ? Math.max(...exact) : local - offsetMs(zone, local - 86_400_000);
  return fromMs(utc) + (ticks % TICKS_PER_MS);
}
