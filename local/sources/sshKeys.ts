import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Keys that the SFTP server made at its first start. */
export interface SshKeys {
  /** Private key of the client, OpenSSH text. */
  readonly client: string;
  /** Fingerprint of the server as Data Factory takes it: kind, bits and the MD5 of the key in hexadecimal pairs. */
  readonly fingerprint: string;
}

/** Reads the keys below the state directory; they are there once the server listens. */
export async function readSshKeys(state: string): Promise<SshKeys> {
  const folder = join(state, 'sftp-keys');
  const [client, host] = await Promise.all([
    readFile(join(folder, 'client'), 'utf8'),
    readFile(join(folder, 'host.pub'), 'utf8'),
  ]);
  const [kind = '', blob = ''] = host.split(' ');
  const hex = createHash('md5').update(Buffer.from(blob, 'base64')).digest('hex');
  return { client, fingerprint: `${kind} 256 ${hex.match(/../g)?.join(':')}` };
}
