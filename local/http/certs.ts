import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { Tls } from './serve';

/** The local authority: `caPath` is what `NODE_EXTRA_CA_CERTS` and other clients are pointed at. */
export interface Authority extends Tls {
  /** PEM file of the authority's certificate alone. */
  readonly caPath: string;
}

const YEAR_MS = 365 * 24 * 3600 * 1000;

/** Creates, once per state directory, a certificate authority and one server certificate for the loopback names. */
export async function authority(directory: string): Promise<Authority> {
  const file = (name: string) => join(directory, name);
  await mkdir(directory, { recursive: true });
  try {
    const [cert, key] = await Promise.all([readFile(file('server.pem'), 'utf8'), readFile(file('server.key'), 'utf8')]);
    return { cert, key, caPath: file('ca.pem') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  // Issuers are looked up by name: with one name for all, a process could trust only one authority at a time.
  const name = `Tidemark local authority ${randomBytes(4).toString('hex')}`;
  const ca = await generate([{ name: 'commonName', value: name }], {
    keySize: 2048,
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 2 * YEAR_MS),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 2 * YEAR_MS),
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  await writeFile(file('ca.pem'), ca.cert);
  await writeFile(file('server.pem'), server.cert);
  // The key comes last and by a rename: a crash before it leaves a directory that is simply filled anew.
  await writeFile(file('server.key.new'), server.private, { mode: 0o600 });
  await rename(file('server.key.new'), file('server.key'));
  return { cert: server.cert, key: server.private, caPath: file('ca.pem') };
}
