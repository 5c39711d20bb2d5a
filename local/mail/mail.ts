import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import type { JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { writeDurable } from '../disk/durable';
import { readJson } from '../disk/readJson';
import { quotaOf, type Rates, ratesFrom } from '../http/rates';
import type { Built } from '../http/run';
import { checkToken } from '../http/token';
import { MAX_REQUEST_BYTES } from './limits';
import { FRAME_POLICY, mailboxPage, mailPage, PAGE_POLICY } from './mailbox';
import { send, status } from './send';
import { signatureFault } from './signature';
import { mailsIn } from './store';

const Access = z.object({ connectionString: z.string(), accessKey: z.string().min(32) });

/**
 * The mail service and its mailbox, below `<state>/mail`. `access.json` there holds the connection string.
 * @param rates in place of what is published
 */
export async function mail(
  state: string,
  baseUrl: string,
  keys?: JWTVerifyGetKey,
  rates: Rates = ratesFrom(process.env),
): Promise<Built> {
  const mails = await mailsIn(join(state, 'mail', 'mails'));
  const key = await accessKey(join(state, 'mail', 'access.json'), baseUrl);
  const times = mails
    .all()
    .map(({ at }) => at)
    .reverse();
  const sends = quotaOf('mail.sends', rates, times);
  const reads = quotaOf('mail.reads', rates);

  const refusal = async (c: Context, body: Uint8Array): Promise<Response | undefined> => {
    const { headers, method } = c.req.raw;
    const unauthorized = (why: string) =>
      c.json({ error: { code: 'Unauthorized', message: `Access denied: ${why}.` } }, 401);
    if (headers.get('authorization')?.startsWith('HMAC-SHA256 ')) {
      const { pathname, search } = new URL(c.req.url);
      const signed = { method, pathAndQuery: pathname + search, host: headers.get('host') ?? '', headers, body };
      const fault = signatureFault(signed, key);
      return fault ? unauthorized(fault) : undefined;
    }
    const check = await checkToken(headers.get('authorization'), {
      audience: ['https://communication.azure.com'],
      keys,
    });
    return check.kind === 'accepted' ? undefined : unauthorized(check.reason);
  };

  const app = new Hono();
  app.post('/emails:send', async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    if (body.length > MAX_REQUEST_BYTES)
      return c.json({ error: { code: 'RequestEntityTooLarge', message: 'A mail is at most 10 MB.' } }, 413);
    return (await refusal(c, body)) ?? send(body, c.req.raw.headers, mails, sends, baseUrl);
  });
  app.get(
    '/emails/operations/:id',
    async (c) => (await refusal(c, new Uint8Array())) ?? status(c.req.param('id'), mails, reads),
  );
  app.get('/mails.json', (c) => c.json(mails.all()));
  app.get('/', (c) => c.html(mailboxPage(mails.all()), 200, { 'content-security-policy': PAGE_POLICY }));
  app.get('/mails/:id', (c) => {
    const found = mails.get(c.req.param('id'));
    return found
      ? c.html(mailPage(found), 200, { 'content-security-policy': PAGE_POLICY })
      : c.text('There is no such mail.', 404);
  });
  app.get('/mails/:id/html', (c) => {
    const found = mails.get(c.req.param('id'));
    return found
      ? c.html(found.message.content.html ?? '', 200, { 'content-security-policy': FRAME_POLICY })
      : c.text('There is no such mail.', 404);
  });
  app.notFound((c) =>
    c.json({ error: { code: 'NotImplemented', message: `mail does not imitate ${c.req.method} ${c.req.path}` } }, 501),
  );
  return { handler: (request) => app.fetch(request) };
}

async function accessKey(path: string, baseUrl: string): Promise<string> {
  const kept = await readJson(path, Access);
  const key = kept?.accessKey ?? randomBytes(48).toString('base64');
  const connectionString = `endpoint=${baseUrl}/;accesskey=${key}`;
  if (kept?.connectionString !== connectionString)
    await writeDurable(path, JSON.stringify({ connectionString, accessKey: key }));
  return key;
}
