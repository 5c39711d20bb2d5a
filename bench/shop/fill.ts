import { join } from 'node:path';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { seed } from '../../local/sources/seed';
import { userColumns } from '../../local/sources/user';

/** Users of the base that bigger tables repeat; a directory of real ones may hold another number. */
const BASE = 100_000;
const columns = userColumns.slice(1).map((name) => `\`${name}\``);

/**
 * SQL for the id of a row by its number: unique, rising with the number so that tables fill in the order of their key,
 * spread over all 64 bits and both signs.
 */
export const idOf = (number: string, rows: number): string =>
  `(CAST(${number} AS SIGNED) - ${rows / 2}) * ${2n ** 63n / BigInt(rows / 2 + 1)} + CAST(CRC32(${number}) AS SIGNED)`;

/** What the tables are made of, in words. */
export const dataOf = (directory: string | undefined): string =>
  directory === undefined ? 'generated users, repeated with unique ids' : 'real users, repeated with unique ids';

/** Fills the table `users` with the base: generated, or real users of a directory. Does nothing when it is filled. */
export async function fillBase(mysql: string, work: string, directory: string | undefined): Promise<void> {
  await seed({
    mysql,
    work,
    reports: join(work, 'reports'),
    stock: directory !== undefined ? { kind: 'data', directory } : { kind: 'generated', count: BASE, seed: 1 },
    replace: false,
  });
}

/** Fills a table of the same shape with this many rows: the base again and again, each with an id and a time of its own. */
export async function fillTable(connection: Connection, table: string, rows: number): Promise<void> {
  await connection.query(`CREATE TABLE IF NOT EXISTS \`${table}\` LIKE users`);
  const count = async (of: string) => {
    const [[row]] = await connection.query<RowDataPacket[]>(`SELECT COUNT(*) AS n FROM \`${of}\``);
    return Number(row?.['n']);
  };
  if ((await count(table)) === rows) return;
  await connection.query(`TRUNCATE TABLE \`${table}\``);
  const base = await count('users');
  await connection.query(
    `CREATE TEMPORARY TABLE numbered (n INT PRIMARY KEY) AS
     SELECT ROW_NUMBER() OVER (ORDER BY identifierHash) - 1 AS n, ${columns.join(', ')} FROM users`,
  );
  for (let from = 0; from < rows; from += base) {
    await connection.query(
      `INSERT INTO \`${table}\` (identifierHash, ${columns.join(', ')}, updated_at)
       SELECT ${idOf(`(${from} + n)`, rows)}, ${columns.join(', ')},
              TIMESTAMP('2026-01-01') + INTERVAL (${from} + n) * 1000 + CRC32(${from} + n) % 1000 MICROSECOND
       FROM numbered WHERE n < ${rows - from} ORDER BY n`,
    );
  }
  await connection.query('DROP TEMPORARY TABLE numbered');
  await connection.query(`ANALYZE TABLE \`${table}\``);
}
