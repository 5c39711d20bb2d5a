import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { exits, Fault } from './fault';

/**
 * Where the API is, the key for it or a token of Entra ID, and the certificate authority (PEM text) beyond those that
 * Node trusts.
 */
export interface Connection {
  readonly url: string;
  readonly key?: string | undefined;
  readonly token?: string | undefined;
  readonly ca?: string | undefined;
}

const Kept = z.strictObject({ url: z.url(), key: z.string(), ca: z.string() });

/**
 * The connection that TIDEMARK_URL, TIDEMARK_KEY, TIDEMARK_TOKEN and TIDEMARK_CA name, else that of the local stack below TIDEMARK_STATE.
 * @throws Fault when there is neither, or when what they name is no address or no file
 */
export function connectionFrom(environment: Record<string, string | undefined>): Connection {
  const { TIDEMARK_URL: url, TIDEMARK_KEY: key, TIDEMARK_TOKEN: token, TIDEMARK_CA: ca } = environment;
  if (url) return { url: address(url), key, token, ca: ca ? readText(ca) : undefined };
  const state = environment['TIDEMARK_STATE'] || join(process.cwd(), '.tidemark/state');
  let text: string;
  try {
    text = readFileSync(join(state, 'connection.json'), 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new Fault(
      exits.dependency,
      'NOT_CONNECTED',
      `No local stack runs in ${state}, and TIDEMARK_URL is not set.`,
      'Start one with `tidemark up`, or set TIDEMARK_URL with TIDEMARK_KEY or TIDEMARK_TOKEN.',
      { cause },
    );
  }
  return Kept.parse(JSON.parse(text));
}

function address(url: string): string {
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return url.replace(/\/+$/, '');
  throw new Fault(
    exits.config,
    'CONFIG_INVALID',
    `TIDEMARK_URL is ${url}, which is no address of a web server.`,
    'Set it to one such as https://tidemark.example.',
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Fault(
      exits.config,
      'CONFIG_INVALID',
      `TIDEMARK_CA names ${path}, which cannot be read: ${(cause as Error).message}`,
      'Set it to the PEM file of the certificate authority, or unset it.',
      { cause },
    );
  }
}
