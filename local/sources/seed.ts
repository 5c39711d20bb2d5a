import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { connectShop } from './connect';
import { generateUsers } from './generate';
import { computeReports } from './reports';
import { csvLine, userColumns } from './user';
import { createUsers, loadUsers } from './usersTable';

/** What the shop is filled with: users that are generated, or a directory with users.csv or users.csv.gz. */
export type Stock = { kind: 'generated'; count: number; seed: number } | { kind: 'data'; directory: string };

export interface Seeding {
  /** mysql:// URL with the right to write. */
  readonly mysql: string;
  /** Folder of the SFTP server that the partner's reports go to. */
  readonly reports: string;
  /** Folder for the generated file. */
  readonly work: string;
  readonly stock: Stock;
  /** Without it a shop that holds users already is left alone. */
  readonly replace: boolean;
}

export type Seeded =
  | { kind: 'seeded'; users: number; reports: string[]; origin: 'delivered' | 'computed' }
  | { kind: 'occupied'; users: number };

/** How long a row stays invisible to a reader that keeps two seconds of distance from the clock, in milliseconds. */
const SETTLE_MS = 2500;

/** Fills the shop's database and the partner's folder, and returns when an incremental reader can see it all. */
export async function seed(seeding: Seeding): Promise<Seeded> {
  const connection = await connectShop(seeding.mysql);
  try {
    await connection.query(createUsers);
    const there = await countUsers(connection);
    if (there > 0 && !seeding.replace) return { kind: 'occupied', users: there };
    if (there > 0) await connection.query('DELETE FROM users');
    const file = await usersFile(seeding);
    const [, reports] = await Promise.all([load(connection, file), deliverReports(seeding, file)]);
    const settled = sleep(SETTLE_MS);
    const users = await countUsers(connection);
    await settled;
    return { kind: 'seeded', users, ...reports };
  } finally {
    await connection.end();
  }
}

async function countUsers(connection: Connection): Promise<number> {
  const [rows] = await connection.query<RowDataPacket[]>('SELECT COUNT(*) AS users FROM users');
  return Number(rows[0]?.['users']);
}

async function usersFile({ stock, work }: Seeding): Promise<string> {
  if (stock.kind === 'data') {
    const found = ['users.csv', 'users.csv.gz'].map((name) => join(stock.directory, name)).find((f) => existsSync(f));
    if (found === undefined) throw new Error(`${stock.directory} holds neither users.csv nor users.csv.gz.`);
    return found;
  }
  await mkdir(work, { recursive: true });
  const file = join(work, 'users.csv');
  const lines = [userColumns.join(','), ...Array.from(generateUsers(stock.count, stock.seed), csvLine)];
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

const open = (file: string): Readable =>
  file.endsWith('.gz') ? createReadStream(file).pipe(createGunzip()) : createReadStream(file);

async function header(file: string): Promise<string[]> {
  let text = '';
  for await (const chunk of open(file)) {
    text += String(chunk);
    const end = text.indexOf('\n');
    if (end >= 0) return text.slice(0, end).trim().split(',');
  }
  throw new Error(`${file} has no header line.`);
}

async function load(connection: Connection, file: string): Promise<void> {
  await connection.query({ sql: loadUsers(await header(file)), infileStreamFactory: () => open(file) });
}

/** A file appears under its name only when it is whole, as a careful sender does it. */
async function deliverReports({ stock, reports }: Seeding, file: string) {
  await mkdir(reports, { recursive: true });
  const put = async (name: string, write: (path: string) => Promise<void>) => {
    const fresh = join(reports, `.${name}.part`);
    await write(fresh);
    await rename(fresh, join(reports, name));
  };
  const published = stock.kind === 'data' ? join(stock.directory, 'published') : '';
  const delivered = existsSync(published) ? (await readdir(published)).filter((name) => name.endsWith('.csv')) : [];
  if (delivered.length > 0) {
    for (const name of delivered) await put(name, (path) => copyFile(join(published, name), path));
    return { reports: delivered, origin: 'delivered' as const };
  }
  const texts = await computeReports(file);
  for (const [name, text] of texts) await put(name, (path) => writeFile(path, text));
  return { reports: [...texts.keys()], origin: 'computed' as const };
}
