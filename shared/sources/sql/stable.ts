import type { Sighting, SourceCursor } from '../../contracts/cursor';
import { dialects, utcText } from './dialect';
import type { Reach } from './reach';
import { tableOf } from './reach';
import { quoted, text } from './text';

/** An hour: what a clock with daylight saving goes back once a year. */
export const FOLD = 3600;

/** The clock that fills the cursor column, as SQL. */
export const clock = ({ zone }: SourceCursor): string =>
  zone === 'session' ? 'NOW(6)' : `CONVERT_TZ(UTC_TIMESTAMP(6), '+00:00', ${text(zone)})`;

/** Whether that clock goes back in autumn: its distance from UTC in January is another than in July. */
export function folds({ zone, kind }: SourceCursor): string {
  if (zone !== 'session' || kind === 'integer') return 'FALSE';
  const offset = (month: string) => {
    const day = `DATE_FORMAT(UTC_DATE(), '%Y-${month}-15 12:00:00')`;
    return `TIMESTAMPDIFF(SECOND, ${day}, CONVERT_TZ(${day}, '+00:00', @@session.time_zone))`;
  };
  return `NOT (${offset('01')} <=> ${offset('07')})`;
}

/** The look that an integer cursor needs before its read point: the greatest number, and a time not before that look. */
export const sightingQuery = (reach: Reach): string =>
  `SELECT COALESCE(CAST(MAX(${quoted(reach.cursor.column)}) AS CHAR), '') AS seen, ` +
  `${utcText('UTC_TIMESTAMP(6) + INTERVAL TIMESTAMPDIFF(MICROSECOND, NOW(6), SYSDATE(6)) MICROSECOND')} AS seen_at ` +
  `FROM ${tableOf(reach)}`;

/** The greatest bound below which no row can appear any more, or NULL; `b` holds clock, folds, utc and behind. */
export function stable({ cursor, window, earlier }: Reach): string {
  const { printed } = dialects[cursor.kind];
  if (cursor.kind === 'timestamp') return printed('b.clock - INTERVAL b.behind SECOND');
  // A day counts when it is over, also on a clock that will go back an hour.
  if (cursor.kind === 'date') return printed(`b.clock - INTERVAL b.behind + b.folds * ${FOLD} SECOND - INTERVAL 1 DAY`);
  // A bounded window lies below what its run has seen before, or is a person's own.
  if (window.upper !== null) return text(window.upper);
  // Whoever held a number up to the one that was seen had begun by then; once the read point has passed, all have ended.
  const passed = utcText('b.utc - INTERVAL b.behind SECOND');
  const before = earlier ? `WHEN ${text(earlier.at)} <= ${passed} THEN ${text(earlier.cursor)} ` : '';
  return `CASE WHEN '{seen}' <> '' AND '{seen_at}' <= ${passed} THEN '{seen}' ${before}END`;
}

/**
 * The sighting for the next window: the earlier one until the read point has passed it, else runs in quick succession
 * would never find one that is old enough. `g` holds what was found out.
 */
export function kept({ cursor, earlier }: Reach): { seen: string; at: string } {
  if (cursor.kind !== 'integer') return { seen: "''", at: "''" };
  const or = (field: keyof Sighting, found: string) =>
    earlier ? `IF(${text(earlier.at)} > g.passed OR ${found} = '', ${text(earlier[field])}, ${found})` : found;
  return { seen: or('cursor', "'{seen}'"), at: or('at', "'{seen_at}'") };
}
