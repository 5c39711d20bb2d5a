import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataFactoryManagementClient } from '@azure/arm-datafactory';
import { SecretClient } from '@azure/keyvault-secrets';
import { DataLakeServiceClient } from '@azure/storage-file-datalake';
import mysql from 'mysql2/promise';
import { adf, type Settings } from '../../../../local/adf/adf';
import { lake } from '../../../../local/lake/lake';
import { createDataDirectory, findMariaDb, serverArguments } from '../../../../local/sources/mariadb';
import { vault } from '../../../../local/vault/vault';
import { type Credentials, credentials } from '../../../support/credential';
import { type LocalState, localState } from '../../../support/local';
import { freePort } from '../../../support/process';

const ROOT = join(__dirname, '../../../..');
export const GROUP = 'tidemark-local';
export const FACTORY = 'tidemark-local';
export const BASE = `/subscriptions/00000000-0000-4000-8000-000000000002/resourceGroups/${GROUP}/providers/Microsoft.DataFactory/factories/${FACTORY}`;

/** The local factory with a real lake and a real vault behind it, in this process. */
export interface FactoryStack {
  readonly state: LocalState;
  readonly known: Credentials;
  readonly url: string;
  readonly lakeUrl: string;
  readonly vaultUrl: string;
  /** Every call of the factory so far. */
  readonly calls: readonly { method: string; path: string }[];
  readonly client: DataFactoryManagementClient;
  readonly lake: DataLakeServiceClient;
  readonly secrets: SecretClient;
  /** Puts a definition verbatim; answers the response. */
  put(kind: 'pipelines' | 'datasets' | 'linkedservices', name: string, properties: unknown): Promise<Response>;
  /** Puts the product's own definitions from the root folder `adf/`. */
  deploy(): Promise<void>;
  /** Starts a pipeline and waits for its end. */
  run(pipeline: string, parameters?: Record<string, unknown>): Promise<Ended>;
  dispose(): Promise<void>;
}

export interface Ended {
  readonly id: string;
  readonly status: string;
  readonly message: string;
  /** Activity runs in the order of their start, `output` untyped. */
  // biome-ignore lint/suspicious/noExplicitAny: outputs differ by activity type and are looked at field by field
  readonly activities: { name: string; status: string; output: any; error: any; properties: Record<string, string> }[];
}

/** Folder of the Python tools: TIDEMARK_VENV for a machine that keeps them elsewhere. */
export const venv = (): string => process.env['TIDEMARK_VENV'] ?? join(ROOT, '.venv');

/** Tests ask faster than a subscription may. */
const UNLIMITED = { 'adf.reads': [], 'adf.writes': [], 'adf.queries': [] };

/** @param changes in place of no limits at all, and of the factory's own pauses */
export async function factoryStack(
  changes: Pick<Settings, 'rates' | 'concurrentRuns' | 'pause'> = {},
): Promise<FactoryStack> {
  const state = await localState();
  const known = await credentials(state.directory);
  const lakeBase = await state.start((baseUrl) =>
    lake({ state: state.directory, baseUrl, keys: known.keys, environment: {} }),
  );
  const vaultUrl = await state.start((base) => vault(state.directory, base, known.keys));
  const lakeUrl = `${lakeBase}/tidemarklake`;
  const calls: { method: string; path: string }[] = [];
  const url = await state.start(async () => {
    const built = await adf({
      state: state.directory,
      name: FACTORY,
      credential: known.of('factory'),
      lake: { url: lakeUrl, directory: join(state.directory, 'lake') },
      extensions: join(venv(), 'lib'),
      keys: known.keys,
      rates: UNLIMITED,
      ...changes,
    });
    const handler: typeof built.handler = (request, connection) => {
      calls.push({ method: request.method, path: new URL(request.url).pathname });
      return built.handler(request, connection);
    };
    return { ...built, handler };
  });
  const client = new DataFactoryManagementClient(known.of('app'), '00000000-0000-4000-8000-000000000002', {
    endpoint: url,
    credentialScopes: 'https://management.azure.com/.default',
    retryOptions: { maxRetries: 0 },
  });
  const service = new DataLakeServiceClient(lakeUrl, known.of('app'));
  for (const name of ['landing', 'bronze', 'gold', 'exports', 'quarantine'])
    await service.getFileSystemClient(name).create();
  const token = async () => (await known.of('app').getToken('https://management.azure.com/.default'))?.token ?? '';
  const put: FactoryStack['put'] = async (kind, name, properties) =>
    fetch(`${url}${BASE}/${kind}/${name}?api-version=2018-06-01`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name, properties }),
    });
  return {
    state,
    known,
    url,
    calls,
    lakeUrl,
    vaultUrl,
    client,
    lake: service,
    secrets: new SecretClient(vaultUrl, known.of('app'), { disableChallengeResourceVerification: true }),
    put,
    async deploy() {
      for (const [folder, kind] of [
        ['linkedService', 'linkedservices'],
        ['dataset', 'datasets'],
        ['pipeline', 'pipelines'],
      ] as const) {
        for (const file of readdirSync(join(ROOT, 'adf', folder))) {
          const name = file.replace(/\.json$/, '');
          const answer = await put(kind, name, committed(folder, name));
          if (!answer.ok) throw new Error(`${file}: ${await answer.text()}`);
        }
      }
    },
    async run(pipeline, parameters = {}) {
      const { runId } = await client.pipelines.createRun(GROUP, FACTORY, pipeline, { parameters });
      return ended(client, runId);
    },
    dispose: () => state.dispose(),
  };
}

/** The properties of a definition of the product, for a test to change. */
// biome-ignore lint/suspicious/noExplicitAny: a test reaches into one of many shapes
export const committed = (folder: 'linkedService' | 'dataset' | 'pipeline', name: string): any =>
  (JSON.parse(readFileSync(join(ROOT, 'adf', folder, `${name}.json`), 'utf8')) as { properties: unknown }).properties;

/** Waits for the end of a run and reads it with its activities. */
export async function ended(client: DataFactoryManagementClient, id: string): Promise<Ended> {
  for (;;) {
    const run = await client.pipelineRuns.get(GROUP, FACTORY, id);
    if (['Succeeded', 'Failed', 'Cancelled'].includes(run.status ?? '')) {
      const window = {
        lastUpdatedAfter: new Date(Date.now() - 3_600_000),
        lastUpdatedBefore: new Date(Date.now() + 3_600_000),
      };
      const { value } = await client.activityRuns.queryByPipelineRun(GROUP, FACTORY, id, window);
      const activities = value.map((one) => ({
        name: one.activityName ?? '',
        status: one.status ?? '',
        output: one.output,
        error: one.error,
        properties: one['userProperties'] as Record<string, string>,
      }));
      return { id, status: run.status ?? '', message: run.message ?? '', activities };
    }
    await sleep(15);
  }
}

/** A real MariaDB for one test file. */
export interface Database {
  readonly port: number;
  readonly password: string;
  /** Of `shop`, the account that may write and sees no transaction of others. */
  readonly writer: string;
  /** Runs statements, one by one, as the account that may write. */
  run(...statements: string[]): Promise<void>;
  connect(): Promise<mysql.Connection>;
  stop(): Promise<void>;
}

/**
 * @param machine zone of the machine's clock, as TZ writes it
 * @param session zone in which sessions begin
 */
export async function database(directory: string, machine = 'UTC', session = '+00:00'): Promise<Database> {
  const server = await findMariaDb(join(ROOT, '.tidemark/tools'));
  const home = join(directory, `mariadb-${randomUUID().slice(0, 8)}`);
  await mkdir(home, { recursive: true });
  await createDataDirectory(server, home);
  const port = await freePort();
  const accounts = { shop: 'shop-Word', reader: 'reader-Word' };
  const child = spawn(
    server.binary,
    [
      ...(await serverArguments(server, { home, port, tls: join(directory, 'tls') }, accounts)),
      `--default-time-zone=${session}`,
    ],
    { stdio: 'ignore', env: { ...process.env, TZ: machine } },
  );
  const connect = () =>
    mysql.createConnection({ host: '127.0.0.1', port, user: 'shop', password: accounts.shop, database: 'shop' });
  for (let tries = 0; ; tries += 1) {
    const connection = await connect().catch((error: unknown) => (tries > 200 ? Promise.reject(error) : undefined));
    await connection?.end();
    if (connection) break;
    await sleep(100);
  }
  return {
    port,
    password: accounts.reader,
    writer: accounts.shop,
    connect,
    async run(...statements) {
      const connection = await connect();
      for (const statement of statements) await connection.query(statement);
      await connection.end();
    },
    stop: () => stopped(child),
  };
}

/** A real SFTP server for one test file; its folder is `<directory>/sftp`. */
export async function sftpServer(
  directory: string,
): Promise<{ port: number; privateKey: string; fingerprint: string; stop(): Promise<void> }> {
  const python = join(venv(), 'bin/python');
  if (!existsSync(python))
    throw new Error(`there is no Python in ${venv()}: run ./tidemark setup, or set TIDEMARK_VENV`);
  const port = await freePort();
  const child = spawn(python, [join(ROOT, 'local/sources/sftp_server.py')], {
    env: { ...process.env, TIDEMARK_STATE: directory, TIDEMARK_PORT: String(port) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the SFTP server ended with ${code}`)));
  });
  const keygen = spawn('ssh-keygen', ['-l', '-E', 'md5', '-f', join(directory, 'sftp-keys/host')]);
  const said: Buffer[] = [];
  for await (const chunk of keygen.stdout) said.push(chunk as Buffer);
  const [bits, hash] = Buffer.concat(said).toString().split(' ');
  const privateKey = await readFile(join(directory, 'sftp-keys/client'), 'utf8');
  return {
    port,
    privateKey,
    fingerprint: `ssh-ed25519 ${bits} ${hash?.replace('MD5:', '')}`,
    stop: () => stopped(child),
  };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}
