import { createHash } from 'node:crypto';

const md5 = (key: Buffer): string => (createHash('md5').update(key).digest('hex').match(/../g) ?? []).join(':');
const sha256 = (key: Buffer): string => createHash('sha256').update(key).digest('base64').replace(/=+$/, '');

/**
 * Whether a server's key is the pinned one. The service writes MD5 in hex (`ssh-ed25519 256 aa:bb:...`); OpenSSH's
 * `SHA256:...` is understood as well.
 */
export function isPinned(key: Buffer, pinned: string): boolean {
  const wanted = pinned.trim().split(/\s+/).at(-1) ?? '';
  if (wanted.toUpperCase().startsWith('SHA256:'))
    return wanted.slice('SHA256:'.length).replace(/=+$/, '') === sha256(key);
  return wanted.toLowerCase().replace(/^md5:/, '') === md5(key);
}

/** The key's fingerprint in both forms, for the message when it is another one. */
export const fingerprints = (key: Buffer): string => `${md5(key)} (SHA256:${sha256(key)})`;
