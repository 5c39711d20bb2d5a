import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A MariaDB server binary and the folder of its system tables. */
export interface MariaDb {
  readonly binary: string;
  readonly share: string;
}

/** The library of the unpacked server does AES in plain C, at 50 MB a second; ChaCha20 takes a quarter of that time. */
const CIPHERS = 'TLS13-CHACHA20-POLY1305-SHA256:ECDHE-RSA-CHACHA20-POLY1305:ECDHE-ECDSA-CHACHA20-POLY1305';

const SHARES = ['/usr/share/mysql', '/usr/share/mariadb', '/usr/local/share/mysql', '/opt/homebrew/share/mysql'];

/**
 * Finds MariaDB: the one on PATH, else the one that the launcher unpacked into the tools folder.
 * @throws Error that says how to get it
 */
export async function findMariaDb(tools: string): Promise<MariaDb> {
  const unpacked = join(tools, 'mariadb');
  const onPath = await promisify(execFile)('sh', ['-c', 'PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v mariadbd'])
    .then(({ stdout }) => stdout.trim())
    .catch(() => null);
  const share = SHARES.find((folder) => systemTables(folder) !== undefined);
  if (onPath !== null && share !== undefined) return { binary: onPath, share };
  if (existsSync(join(unpacked, 'bin/mariadbd'))) {
    return { binary: join(unpacked, 'bin/mariadbd'), share: join(unpacked, 'share') };
  }
  throw new Error('MariaDB is not installed. Run ./tidemark setup, or install the package mariadb-server.');
}

/** The files carried the prefix mysql_ up to MariaDB 10 and mariadb_ from 11 on. */
function systemTables(share: string): string[] | undefined {
  for (const prefix of ['mariadb', 'mysql']) {
    const files = ['system_tables', 'performance_tables', 'system_tables_data'].map((name) =>
      join(share, `${prefix}_${name}.sql`),
    );
    if (files.every((file) => existsSync(file))) return files;
  }
  return undefined;
}

/** Options that the first start and every later one share. */
const common = ({ share }: MariaDb, data: string): string[] => [
  '--no-defaults',
  `--datadir=${data}`,
  `--lc-messages-dir=${share}`,
  `--character-sets-dir=${join(share, 'charsets')}`,
  '--innodb-log-file-size=64M',
  '--skip-log-bin',
  ...(userInfo().uid === 0 ? ['--user=root'] : []),
];

/** Creates the system tables once; a start that was cut in between begins anew. */
export async function createDataDirectory(server: MariaDb, home: string): Promise<void> {
  const data = join(home, 'data');
  if (existsSync(data)) return;
  const files = systemTables(server.share);
  if (files === undefined) throw new Error(`MariaDB's system tables are not in ${server.share}. Reinstall it.`);
  const fresh = join(home, 'data.new');
  await rm(fresh, { recursive: true, force: true });
  await mkdir(join(fresh, 'mysql'), { recursive: true });
  const scripts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const input = ['use mysql;', ...scripts].join('\n');
  const run = spawn(
    server.binary,
    [...common(server, fresh), '--bootstrap', '--skip-networking', '--loose-innodb-flush-log-at-trx-commit=2'],
    {
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  );
  let said = '';
  run.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  run.stdin.on('error', () => run.stdin.destroy());
  run.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    run.once('error', reject);
    run.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`MariaDB could not create its system tables in ${fresh}:\n${said}`);
  await rename(fresh, data);
}

/** Passwords of the two accounts: the shop writes, the reader only reads and sees transactions. */
export interface Accounts {
  readonly shop: string;
  readonly reader: string;
}

/** Where one server listens and keeps its files; `tls` is the folder of the local authority, for clients that encrypt. */
export interface Place {
  readonly home: string;
  readonly port: number;
  readonly tls: string;
}

/**
 * Arguments of the server process, with the accounts made right at every start.
 * `PROCESS` lets the reader see open transactions in information_schema.INNODB_TRX.
 */
export async function serverArguments(server: MariaDb, { home, port, tls }: Place, accounts: Accounts) {
  const account = (name: string, password: string, rights: string) => [
    `CREATE USER IF NOT EXISTS '${name}'@'%';`,
    `ALTER USER '${name}'@'%' IDENTIFIED BY '${password}';`,
    `GRANT ${rights} TO '${name}'@'%';`,
  ];
  const init = join(home, 'accounts.sql');
  await writeFile(
    init,
    [
      'CREATE DATABASE IF NOT EXISTS shop CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;',
      ...account('shop', accounts.shop, 'ALL PRIVILEGES ON shop.*'),
      ...account('etl', accounts.reader, 'SELECT, SHOW VIEW ON shop.*'),
      "GRANT PROCESS ON *.* TO 'etl'@'%';",
      '',
    ].join('\n'),
    { mode: 0o600 },
  );
  return [
    ...common(server, join(home, 'data')),
    `--init-file=${init}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    // Relative to the data directory: a path of any depth would not fit into a socket's 107 bytes.
    '--socket=server.sock',
    '--pid-file=server.pid',
    '--skip-name-resolve',
    '--local-infile=1',
    '--default-time-zone=+00:00',
    '--character-set-server=utf8mb4',
    '--innodb-buffer-pool-size=256M',
    '--performance-schema=OFF',
    `--ssl-cert=${join(tls, 'server.pem')}`,
    `--ssl-key=${join(tls, 'server.key')}`,
    `--ssl-ca=${join(tls, 'ca.pem')}`,
    `--ssl-cipher=${CIPHERS}`,
  ];
}
