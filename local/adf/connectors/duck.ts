import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { duckExtension } from './extension';
import { literal } from './sqlText';

/** One embedded engine for one piece of work; nothing is shared, so secrets and rejects cannot mix. */
export interface Duck {
  session<R>(signal: AbortSignal, work: (connection: DuckDBConnection) => Promise<R>): Promise<R>;
  /** Loads the MySQL extension into a session. */
  loadMysql(connection: DuckDBConnection): Promise<void>;
  /** Folder for files that are not finished yet, emptied at every start. */
  readonly scratch: string;
}

/** Keeps the copy's memory flat; what does not fit is spilled. */
const MEMORY = '160MB';

export function duck(home: string, extensions: string | undefined): Duck {
  const scratch = join(home, 'scratch');
  let extension: Promise<string> | undefined;
  return {
    scratch,
    async session(signal, work) {
      signal.throwIfAborted();
      await mkdir(scratch, { recursive: true });
      const instance = await DuckDBInstance.create(':memory:', {
        threads: '2',
        memory_limit: MEMORY,
        temp_directory: join(scratch, 'spill'),
        allow_unsigned_extensions: 'true',
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
      });
      const connection = await instance.connect();
      const stop = () => connection.interrupt();
      signal.addEventListener('abort', stop, { once: true });
      try {
        return await work(connection);
      } finally {
        signal.removeEventListener('abort', stop);
        connection.closeSync();
        instance.closeSync();
      }
    },
    async loadMysql(connection) {
      extension ??= duckExtension('mysql', extensions, join(home, 'extensions')).catch((error: unknown) => {
        extension = undefined;
        throw error;
      });
      await connection.run(`LOAD ${literal(await extension)}`);
    },
  };
}
