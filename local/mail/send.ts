import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { serialized } from '../disk/serialized';
import type { Quota } from '../http/quota';
import { type Mail, type Mails, Message, recipientsOf } from './store';

/** Two requests of one operation, a retry that overtakes, must not both find it new. */
const inTurn = serialized();

/** How long an accepted mail stays `Running`. */
const DELIVERY_MS = 300;

const error = (status: number, code: string, message: string, headers = {}) =>
  Response.json({ error: { code, message } }, { status, headers });

const tooMany = (seconds: number) =>
  error(429, 'TooManyRequests', `The request quota of this mail resource is spent; try again in ${seconds} s.`, {
    'retry-after': String(seconds),
  });

/**
 * `POST /emails:send`. An Operation-Id that came before is the same mail, so nothing is sent again.
 * https://learn.microsoft.com/rest/api/communication/email/email/send
 */
export async function send(
  body: Uint8Array,
  headers: Headers,
  mails: Mails,
  sends: Quota,
  baseUrl: string,
): Promise<Response> {
  const operation = headers.get('operation-id');
  if (operation && !z.uuid().safeParse(operation).success)
    return error(400, 'BadRequest', 'Operation-Id must be a UUID.');
  const id = operation ?? randomUUID();
  const refused = await inTurn(id, () => accept(id, body, mails, sends));
  if (refused) return refused;
  const location = `${baseUrl}/emails/operations/${id}?api-version=2023-03-31`;
  return Response.json(
    { id, status: 'Running', error: null },
    { status: 202, headers: { 'operation-location': location, 'retry-after': '1' } },
  );
}

/** Stores a mail unless its operation has one already; a refusal is the answer. */
async function accept(id: string, body: Uint8Array, mails: Mails, sends: Quota): Promise<Response | undefined> {
  if (mails.get(id)) return undefined;
  const message = parse(body);
  if (message instanceof Response) return message;
  const wait = sends.spend();
  if (wait > 0) return tooMany(wait);
  await mails.add({ id, at: Date.now(), message });
  return undefined;
}

function parse(body: Uint8Array): Message | Response {
  try {
    const result = Message.safeParse(JSON.parse(Buffer.from(body).toString()));
    return result.success ? result.data : error(400, 'BadRequest', z.prettifyError(result.error));
  } catch {
    return error(400, 'BadRequest', 'The body is not JSON.');
  }
}

/** `GET /emails/operations/{id}`. Addresses below `.invalid` (RFC 2606) cannot be delivered to, so such a mail fails. */
export function status(id: string, mails: Mails, reads: Quota): Response {
  const wait = reads.spend();
  if (wait > 0) return tooMany(wait);
  const mail = mails.get(id);
  if (!mail) return error(404, 'NotFound', `There is no operation ${id}.`);
  if (Date.now() - mail.at < DELIVERY_MS)
    return Response.json({ id, status: 'Running' }, { headers: { 'retry-after': '1' } });
  return Response.json({ id, ...ending(mail) });
}

const ending = (mail: Mail) => {
  const lost = recipientsOf(mail.message).filter((address) => address.endsWith('.invalid'));
  if (lost.length === 0) return { status: 'Succeeded', error: null };
  return {
    status: 'Failed',
    error: { code: 'EmailDroppedAllRecipientsSuppressed', message: `Nobody takes mail at ${lost.join(', ')}.` },
  };
};
