import type { RequestListener, Server } from 'node:http';
import { writeDurable } from '../disk/durable';

/** The little of LokiJS that the seam touches. */
interface Loki {
  filename: string;
  persistenceAdapter: { saveDatabase(name: string, text: string, done: (error?: unknown) => void): void };
  autosaveDirty(): boolean;
  autosaveClearFlags(): void;
  autosaveDisable(): void;
  serialize(): string;
}

interface MetadataStore {
  db: Loki;
  beginBatchTransaction(...args: unknown[]): Promise<void>;
  endBatchTransaction(...args: unknown[]): Promise<void>;
}

interface TableServer {
  httpServer: Server;
  metadataStore: MetadataStore;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Azurite's table service with its two ends opened: who gets its requests, and when its database is saved. */
export interface AzuriteTables {
  readonly server: Server;
  /** Azurite's own request listener, detached from the server. */
  readonly listener: RequestListener;
  dirty(): boolean;
  /** Saves atomically; rejects rather than saving the middle of a transaction. */
  save(): Promise<void>;
  /** True while an entity group transaction is half done in memory. */
  inTransaction(): boolean;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** The release whose internals this file knows; Azurite publishes no way to embed it. */
export const AZURITE_VERSION = '3.35.0';

export interface AzuriteOptions {
  readonly database: string;
  readonly port: number;
  readonly certPath: string;
  readonly keyPath: string;
}

/** Builds the table service with OAuth, without version check and telemetry, and takes saving over from its timer. */
export async function azuriteTables({ database, port, certPath, keyPath }: AzuriteOptions): Promise<AzuriteTables> {
  const { version } = require('azurite/package.json') as { version: string };
  if (version !== AZURITE_VERSION) {
    throw new Error(
      `azurite ${version} is installed, the seam is for ${AZURITE_VERSION}: check local/tables/azurite.ts against it`,
    );
  }
  const { default: Configuration } = require('azurite/dist/src/table/TableConfiguration');
  const { default: Tables } = require('azurite/dist/src/table/TableServer');
  const { AzuriteTelemetryClient } = require('azurite/dist/src/common/Telemetry');
  AzuriteTelemetryClient.init('', false, undefined);

  const network = ['127.0.0.1', port, 5, database] as const;
  const logs = [false, false, undefined, undefined] as const;
  const rules = [false, true, certPath, keyPath, '', 'basic', false, false] as const;
  const tables = new Tables(new Configuration(...network, ...logs, ...rules)) as TableServer;
  const { db } = tables.metadataStore;
  // Azurite's adapter writes without a sync; this one also serves its first and its last save.
  db.persistenceAdapter.saveDatabase = (name, text, done) => {
    writeDurable(name, text).then(() => done(), done);
  };
  const inTransaction = countTransactions(tables.metadataStore);
  const [listener] = tables.httpServer.listeners('request') as RequestListener[];
  if (!listener) throw new Error('azurite has attached no request listener');
  tables.httpServer.removeAllListeners('request');

  return {
    server: tables.httpServer,
    listener,
    inTransaction,
    dirty: () => db.autosaveDirty(),
    save() {
      if (inTransaction()) throw new Error('a transaction is half done, so the tables cannot be saved now');
      db.autosaveClearFlags();
      return writeDurable(db.filename, db.serialize());
    },
    async start() {
      await tables.start();
      db.autosaveDisable();
    },
    close: () => tables.close(),
  };
}

function countTransactions(store: MetadataStore): () => boolean {
  let open = 0;
  const [begin, end] = [store.beginBatchTransaction.bind(store), store.endBatchTransaction.bind(store)];
  store.beginBatchTransaction = async (...args) => {
    await begin(...args);
    open += 1;
  };
  store.endBatchTransaction = async (...args) => {
    await end(...args).finally(() => {
      open -= 1;
    });
  };
  return () => open > 0;
}
