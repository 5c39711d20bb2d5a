import mysql, { type Connection as Client, type FieldPacket, type RowDataPacket } from 'mysql2/promise';
import type { Connection } from '../definition/linkedService';
import { ActivityError } from '../engine/failure';
import type { Value } from '../expression/value';

/** A column of an answer as the server's protocol describes it. */
export interface Described {
  readonly name: string;
  /** Protocol type, https://mariadb.com/docs/server/reference/clientserver-protocol/4-server-response-packets/result-set-packets */
  readonly type: number;
  readonly length: number;
  /** 63 is the binary character set. */
  readonly charset: number;
  readonly decimals: number;
  readonly unsigned: boolean;
}

/** One connection to a MySQL or MariaDB server. */
export interface MySql {
  rows(sql: string, most: number): Promise<{ rows: Record<string, Value>[]; cut: boolean }>;
  /** The columns a query would give; errors of the query show here, with their code. */
  describe(sql: string): Promise<Described[]>;
  close(): Promise<void>;
}

const UNSIGNED = 32;
/** Codes of the server (or client) that mean: try again. */
const PASSING = new Set([
  1040, 1042, 1053, 1158, 1159, 1160, 1161, 1203, 1205, 1213, 1317, 1927, 1969, 2002, 2003, 2006, 2013,
]);

const WHOLE = new Set(['TINY', 'SHORT', 'LONG', 'INT24', 'LONGLONG', 'YEAR']);

const tls = (mode: number) =>
  mode === 0 ? {} : { ssl: { rejectUnauthorized: mode >= 3, verifyIdentity: mode === 4 } };

/** @throws ActivityError with the server's code, never with the password */
export async function mysqlOf(to: Connection<'MySql'>, password: string, signal: AbortSignal): Promise<MySql> {
  const client = await connect(to, password).catch((error: unknown) =>
    Promise.reject(mysqlFailure(error, to, password)),
  );
  const stop = () => client.destroy();
  signal.addEventListener('abort', stop, { once: true });
  client.on('error', stop);
  const guarded = <R>(work: Promise<R>): Promise<R> =>
    work.catch((error: unknown) => Promise.reject(mysqlFailure(error, to, password)));
  return {
    async rows(sql, most) {
      const [found] = await guarded(client.query<RowDataPacket[]>({ sql, typeCast: typeCast(to.treatTinyAsBoolean) }));
      if (!Array.isArray(found) || Array.isArray(found[0]))
        throw new ActivityError('', 'The query must give exactly one result set.');
      return { rows: found.slice(0, most) as Record<string, Value>[], cut: found.length > most };
    },
    async describe(sql) {
      const prepared = await guarded(client.prepare(sql));
      const { columns } = (prepared as unknown as { statement: { columns: Packet[] } }).statement;
      await prepared.close();
      return columns.map((one) => ({
        name: one.name,
        type: one.columnType ?? one.type ?? -1,
        length: one.columnLength ?? one.length ?? 0,
        charset: one.characterSet ?? 63,
        decimals: one.decimals,
        unsigned: ((one.flags as unknown as number) & UNSIGNED) !== 0,
      }));
    },
    async close() {
      signal.removeEventListener('abort', stop);
      await client.end().catch(() => client.destroy());
    },
  };
}

type Packet = FieldPacket & { characterSet?: number; columnType?: number; columnLength?: number };

async function connect(to: Connection<'MySql'>, password: string): Promise<Client> {
  const options = {
    host: to.server,
    port: to.port,
    user: to.username,
    database: to.database,
    password,
    connectTimeout: 15_000,
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    timezone: 'Z',
  };
  try {
    return await mysql.createConnection({ ...options, ...tls(to.sslMode) });
  } catch (error) {
    // Mode 1 prefers TLS and does without where the server has none.
    if (to.sslMode !== 1 || (error as { code?: string }).code !== 'HANDSHAKE_NO_SSL_SUPPORT') throw error;
    return mysql.createConnection(options);
  }
}

interface Field {
  readonly type: string;
  readonly length: number;
  string(): string | null;
  buffer(): Buffer | null;
}

/**
 * Whole numbers keep every digit, decimals and dates stay the server's text, bytes become base64.
 * @param tiny whether TINYINT(1) is a boolean
 */
const typeCast =
  (tiny: boolean) =>
  (field: Field, next: () => unknown): unknown => {
    if (WHOLE.has(field.type)) {
      const text = field.string();
      if (text === null) return null;
      return tiny && field.type === 'TINY' && field.length === 1 ? text !== '0' : BigInt(text);
    }
    if (field.type === 'JSON') return field.string();
    const value = next();
    return Buffer.isBuffer(value) ? value.toString('base64') : value;
  };

/** Puts a server's or client's error into one sentence with its number; the password never shows. */
export function mysqlFailure(
  error: unknown,
  to: Pick<Connection<'MySql'>, 'server' | 'port' | 'database'>,
  password: string,
): Error {
  if (error instanceof ActivityError) return error;
  const { errno, code, message } = error as { errno?: number; code?: string; message: string };
  const clean = password === '' ? message : message.replaceAll(password, '***');
  const socket = code !== undefined && !code.startsWith('ER_');
  const number = errno !== undefined && errno > 0 ? `${errno} ` : '';
  const passing = socket || (errno !== undefined && PASSING.has(errno));
  const text = `MySQL error ${number}(${code ?? 'unknown'}) on ${to.server}:${to.port}/${to.database}: ${clean}`;
  return new ActivityError('', text, passing ? 'SystemError' : 'UserError');
}
