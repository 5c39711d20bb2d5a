import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Clocks may differ, and a retried request carries the date of its first attempt. */
const SKEW_MS = 5 * 60 * 1000;

/** The parts of a request that its signature covers. */
export interface Signed {
  readonly method: string;
  readonly pathAndQuery: string;
  /** With the port, as the client addressed it. */
  readonly host: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/**
 * Checks the HMAC of an access key.
 * https://learn.microsoft.com/azure/communication-services/tutorials/hmac-header-tutorial
 * @returns what is wrong with it, or nothing
 */
export function signatureFault({ method, pathAndQuery, host, headers, body }: Signed, key: string, now = Date.now()) {
  const date = headers.get('x-ms-date') ?? headers.get('date') ?? '';
  const hash = headers.get('x-ms-content-sha256') ?? '';
  if (!(Math.abs(now - Date.parse(date)) <= SKEW_MS)) return 'the date is missing or too far from now';
  if (hash !== createHash('sha256').update(body).digest('base64')) return 'the content hash is not that of the body';
  const text = `${method}\n${pathAndQuery}\n${date};${host};${hash}`;
  const expected = createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest();
  const given = /&Signature=(\S+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? '';
  const signature = Buffer.from(given, 'base64');
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected))
    return 'the signature does not match';
  return undefined;
}
