import type { MySqlSource } from '../../contracts/catalog';
import { text } from './text';

const ME = "SUBSTRING_INDEX(CURRENT_USER(), '@', 1)";
const PROCESSES = 'information_schema.processlist';

/** The machine's clock; and where it would stand had its zone not switched since yesterday: an age may be off by that. */
const MACHINE = "CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM')";
const YESTERDAY = "CONVERT_TZ(UTC_TIMESTAMP() - INTERVAL 1 DAY, '+00:00', 'SYSTEM') + INTERVAL 1 DAY";

/** Whether the account may see what others do; where it may not, the lists below are empty and prove nothing. */
export const sees = ({ readPoint }: MySqlSource): string =>
  readPoint.by === 'lag'
    ? 'FALSE'
    : "EXISTS (SELECT 1 FROM information_schema.user_privileges WHERE privilege_type = 'PROCESS' AND grantee = " +
      `CONCAT(QUOTE(${ME}), '@', QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', -1))))`;

/**
 * Age in seconds of the oldest transaction that can still add a row to the schema, as SQL. Its start is the clock of the
 * machine, whatever the zone of the session. A prepared XA transaction has no connection any more, and counts.
 */
const transactions = (database: string): string =>
  `SELECT MAX(TIMESTAMPDIFF(SECOND, t.trx_started, ${MACHINE})) + ABS(TIMESTAMPDIFF(SECOND, ${YESTERDAY}, ${MACHINE})) ` +
  `FROM information_schema.innodb_trx t LEFT JOIN ${PROCESSES} p ON p.id = t.trx_mysql_thread_id ` +
  `WHERE (p.id IS NULL OR p.db = ${text(database)} OR t.trx_rows_modified > 0) AND NOT (p.user <=> ${ME})`;

/** A statement that waits for a lock has no transaction yet, and its NOW() is fixed already. */
const STATEMENTS =
  `SELECT MAX(p.time) FROM ${PROCESSES} p WHERE p.command NOT IN ('Sleep', 'Daemon') ` +
  `AND p.command NOT LIKE 'Binlog Dump%' AND p.user NOT IN ('system user', ${ME})`;

/**
 * How far, in seconds, the read point lies behind the server's clock. Ages are whole seconds cut short, and a column may
 * hold whole seconds cut short: two seconds more, and no row of a transaction that is still open lies below.
 */
export const behind = ({ readPoint }: MySqlSource, database: string, seen: string): string =>
  `IF(${seen}, GREATEST(${readPoint.safetySeconds}, COALESCE((${transactions(database)}) + 2, 0), ` +
  `COALESCE((${STATEMENTS}) + 2, 0)), ${readPoint.lagSeconds})`;
