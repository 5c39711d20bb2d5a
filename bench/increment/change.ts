import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, ResultSetHeader } from 'mysql2/promise';
import { idOf } from '../shop/fill';

/** Longer than the read point keeps away from the server's clock. */
const SETTLE_MS = 3500;

/** Changes this many rows, spread over the whole table, others each round, and waits until a window would take them in. */
export async function change(connection: Connection, table: string, rows: number, many: number, round: number) {
  const number = `(n * ${Math.floor(rows / many)} + ${round % Math.floor(rows / many)})`;
  const [{ affectedRows }] = await connection.query<ResultSetHeader>(
    `UPDATE \`${table}\` t
     JOIN (SELECT ${idOf(number, rows)} AS id FROM (SELECT seq AS n FROM seq_0_to_${many - 1}) numbers) changed
       ON t.identifierHash = changed.id
     SET t.productsSold = t.productsSold + 1`,
  );
  if (affectedRows !== many) throw new Error(`${affectedRows} rows of ${table} were changed, wanted ${many}`);
  await sleep(SETTLE_MS);
}
