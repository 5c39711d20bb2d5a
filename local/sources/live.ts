import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { connectShop } from './connect';
import { generateUser } from './generate';
import { type Random, random } from './random';
import { isFlag, userColumns } from './user';

/** How much happens in the shop, and the seed that decides to whom. */
export interface Life {
  readonly updates: number;
  readonly inserts: number;
  readonly deletes: number;
  readonly seed: number;
}

/** What really happened: a shop with fewer users than asked for gives fewer changes. */
export interface Lived {
  readonly updated: number;
  readonly inserted: number;
  readonly deleted: number;
}

const BATCH = 200;
/** How long a row stays invisible to a reader that keeps two seconds of distance from the clock, in milliseconds. */
const SETTLE_MS = 2100;

/** Lets the shop live for a while, as transactions of a few hundred rows, and waits until a reader can see it all. */
export async function live(url: string, life: Life): Promise<Lived> {
  const connection = await connectShop(url);
  try {
    const dice = random(life.seed);
    const ids = await sample(connection, dice, life.updates + life.deletes);
    const leaving = ids.slice(0, life.deletes);
    const active = ids.slice(life.deletes);
    const updated = await inBatches(connection, active, (batch) => trade(connection, dice, batch));
    const inserted = await join(connection, dice, life.inserts);
    const deleted = await inBatches(connection, leaving, (batch) => leave(connection, batch));
    await sleep(SETTLE_MS);
    return { updated, inserted, deleted };
  } finally {
    await connection.end();
  }
}

/** Users that are still there, in an order that the dice alone decide. */
async function sample(connection: Connection, dice: Random, count: number): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT CAST(identifierHash AS CHAR) AS id FROM users WHERE deleted_at IS NULL ORDER BY identifierHash',
  );
  const ids = rows.map((row) => String(row['id']));
  for (let at = 0; at < Math.min(count, ids.length); at += 1) {
    const other = at + dice.below(ids.length - at);
    [ids[at], ids[other]] = [ids[other] as string, ids[at] as string];
  }
  return ids.slice(0, count);
}

async function inBatches(connection: Connection, ids: string[], change: (batch: string[]) => Promise<number>) {
  let done = 0;
  for (let from = 0; from < ids.length; from += BATCH) {
    done += await transaction(connection, () => change(ids.slice(from, from + BATCH)));
  }
  return done;
}

async function transaction<R>(connection: Connection, act: () => Promise<R>): Promise<R> {
  await connection.beginTransaction();
  try {
    const result = await act();
    await connection.commit();
    return result;
  } catch (error) {
    await connection.rollback();
    throw error;
  }
}

/** Each of these users bought, liked, sold or simply came back. */
async function trade(connection: Connection, dice: Random, ids: string[]): Promise<number> {
  for (const id of ids) {
    const sold = dice.chance(0.2) ? 1 + dice.tail(8) : 0;
    await connection.execute(
      `UPDATE users SET productsBought = productsBought + ?, socialProductsLiked = socialProductsLiked + ?,
        productsWished = productsWished + ?, productsSold = productsSold + ?, productsListed = productsListed + ?,
        daysSinceLastLogin = 11 WHERE identifierHash = ?`,
      [dice.chance(0.5) ? 1 + dice.tail(2) : 0, 1 + dice.tail(4), dice.tail(2), sold, dice.chance(0.1) ? 1 : 0, id],
    );
  }
  return ids.length;
}

/** New users come with ids of their own: the dice of a life are not those of the seeding. */
async function join(connection: Connection, dice: Random, count: number): Promise<number> {
  const rows = Array.from({ length: count }, () => generateUser(dice)).map((user) =>
    userColumns.map((column) => (isFlag(column) ? Number(user[column] === 'True') : user[column])),
  );
  if (rows.length === 0) return 0;
  return transaction(connection, async () => {
    const columns = userColumns.map((column) => `\`${column}\``).join(', ');
    await connection.query(`INSERT INTO users (${columns}) VALUES ?`, [rows]);
    return rows.length;
  });
}

async function leave(connection: Connection, ids: string[]): Promise<number> {
  await connection.query('UPDATE users SET deleted_at = CURRENT_TIMESTAMP(6) WHERE identifierHash IN (?)', [ids]);
  return ids.length;
}
