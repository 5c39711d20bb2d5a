import type { Readable } from 'node:stream';
import Client from 'ssh2-sftp-client';
import type { Connection } from '../definition/linkedService';
import { ActivityError } from '../engine/failure';
import type { Entry, FileStore } from './files';
import { fingerprints, isPinned } from './fingerprint';

/** The secrets of an SFTP connection, already read from the vault. */
export interface SftpSecrets {
  readonly password?: string;
  readonly privateKey?: string;
  readonly passphrase?: string;
}

const entry = (folder: string, one: { name: string; type: string; size: number; modifyTime: number }): Entry => ({
  name: one.name,
  path: folder === '' ? one.name : `${folder.replace(/\/+$/, '')}/${one.name}`,
  directory: one.type === 'd',
  size: one.size,
  modified: new Date(one.modifyTime),
});

/** @throws ActivityError when the server is another one than pinned, or lets nobody in */
export async function sftpStore(to: Connection<'Sftp'>, secrets: SftpSecrets, signal: AbortSignal): Promise<FileStore> {
  const client = new Client();
  let seen: Buffer | undefined;
  const pinned = to.skipHostKeyValidation ? undefined : (to.hostKeyFingerprint ?? '');
  try {
    await client.connect({
      host: to.host,
      port: to.port,
      username: to.userName,
      readyTimeout: 20_000,
      ...secrets,
      hostVerifier: (key: Buffer) => {
        seen = key;
        return pinned === undefined || isPinned(key, pinned);
      },
    });
  } catch (cause) {
    await client.end().catch(() => undefined);
    throw refusal(
      to,
      cause as Error & { code?: string },
      seen && pinned !== undefined && !isPinned(seen, pinned) ? fingerprints(seen) : undefined,
    );
  }
  const stop = () => void client.end().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  /** A path without a slash before it begins in the home folder of the user, as the server has it. */
  const at = (path: string) => (path === '' ? '.' : path);
  return {
    async look(path) {
      // A link that leads nowhere exists for one call and not for the other: it is no file.
      const found = await client.stat(at(path)).catch(nothingThere);
      if (!found) return undefined;
      const name = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
      return { name, path, directory: found.isDirectory, size: found.size, modified: new Date(found.modifyTime) };
    },
    list: async (path) => (await client.list(at(path))).map((one) => entry(path, one)),
    read: async (path) => client.createReadStream(at(path)) as unknown as Readable,
    remove: async (path) => void (await client.delete(at(path), true)),
    async close() {
      signal.removeEventListener('abort', stop);
      await client.end();
    },
  };
}

function nothingThere(error: Error): undefined {
  if (/no such file/i.test(error.message)) return undefined;
  throw error;
}

function refusal(to: Connection<'Sftp'>, cause: Error & { code?: string }, other: string | undefined): Error {
  const where = `${to.userName}@${to.host}:${to.port}`;
  if (other !== undefined)
    return new ActivityError(
      '',
      `The SFTP server ${where} shows the host key ${other}, which is not the pinned one. Check the server, then correct hostKeyFingerprint.`,
      'UserError',
      cause,
    );
  if (/authentication/i.test(cause.message))
    return new ActivityError('', `Meet failed login on the SFTP server ${where}: ${cause.message}`, 'UserError', cause);
  return new ActivityError(
    '',
    `Cannot connect to the SFTP server ${where}: ${cause.code ?? ''} ${cause.message}`.replace(/ +/g, ' '),
    'SystemError',
    cause,
  );
}
