import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmailClient, type EmailMessage } from '@azure/communication-email';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Rates } from '../../../../local/http/rates';
import { mail } from '../../../../local/mail/mail';
import { type Credentials, credentials } from '../../../support/credential';
import { type LocalState, localState, planFaults } from '../../../support/local';

let state: LocalState;
let known: Credentials;
let url: string;
const start = (rates: Rates = {}) => state.start((base) => mail(state.directory, base, known.keys, rates));
const inbox = async () => (await (await fetch(`${url}/mails.json`)).json()) as { id: string; message: EmailMessage }[];
const connection = async () =>
  (JSON.parse(await readFile(join(state.directory, 'mail/access.json'), 'utf8')) as { connectionString: string })
    .connectionString;
const message = (subject: string, address = 'ops@example.com'): EmailMessage => ({
  senderAddress: 'tidemark@example.com',
  content: { subject, plainText: 'text', html: '<p>html</p>' },
  recipients: { to: [{ address }] },
});
const client = (retries = 0) =>
  new EmailClient(url, known.of('app'), { retryOptions: { maxRetries: retries, retryDelayInMs: 10 } });

beforeEach(async () => {
  state = await localState();
  known = await credentials(state.directory);
  url = await start();
});
afterEach(() => state.dispose());

describe('the mail service', () => {
  test('takes a mail from a token credential and reports its success', async () => {
    const poller = await client().beginSend(message('hello'), { updateIntervalInMs: 50 });
    expect((await poller.pollUntilDone()).status).toBe('Succeeded');
    expect((await inbox()).map(({ message: { content } }) => content.subject)).toEqual(['hello']);
  });

  test('takes a mail signed with the access key, and none with another key', async () => {
    const good = new EmailClient(await connection(), { retryOptions: { maxRetries: 0 } });
    await good.beginSend(message('signed'));
    const bad = new EmailClient((await connection()).replace(/accesskey=.{8}/, 'accesskey=AAAAAAAA'), {
      retryOptions: { maxRetries: 0 },
    });
    await expect(bad.beginSend(message('forged'))).rejects.toMatchObject({ statusCode: 401 });
    expect(await inbox()).toHaveLength(1);
  });

  test('sends one mail for one Operation-Id although the first reply was lost', async () => {
    await planFaults(url, [{ match: 'POST /emails:send', kind: 'drop-after' }]);
    await client(2).beginSend(message('once'), { operationId: randomUUID() });
    expect(await inbox()).toHaveLength(1);
  });

  test('sends one mail for requests of one operation that come at the same time', async () => {
    const operationId = randomUUID();
    await Promise.all(Array.from({ length: 3 }, () => client().beginSend(message('once'), { operationId })));
    expect(await inbox()).toHaveLength(1);
  });

  test('holds back what is above the published quota, also after a restart', async () => {
    for (let i = 0; i < 5; i += 1) await client().beginSend(message(`mail ${i}`));
    await expect(client().beginSend(message('too many'))).rejects.toMatchObject({ statusCode: 429 });
    url = await start();
    await expect(client().beginSend(message('too many'))).rejects.toMatchObject({ statusCode: 429 });
    url = await start({ 'mail.sends': [] });
    await client().beginSend(message('raised'));
    expect(await inbox()).toHaveLength(6);
  });

  test('reports a mail to nobody as failed', async () => {
    const poller = await client().beginSend(message('lost', 'nobody@nowhere.invalid'), { updateIntervalInMs: 50 });
    await expect(poller.pollUntilDone()).rejects.toThrow(/EmailDroppedAllRecipientsSuppressed/);
  });

  test('refuses a mail without a recipient', async () => {
    await expect(client().beginSend({ ...message('x'), recipients: { to: [] } })).rejects.toMatchObject({
      statusCode: 400,
    });
  });
});

describe('the mailbox', () => {
  test('shows mails with their content escaped, and HTML only in a sandbox', async () => {
    const hostile = '<script>alert(1)</script>';
    await client().beginSend({ ...message(hostile), content: { subject: hostile, plainText: hostile, html: hostile } });
    const list = await (await fetch(url)).text();
    expect(list).not.toContain(hostile);
    const [first] = await inbox();
    const one = await (await fetch(`${url}/mails/${first?.id}`)).text();
    expect(one).not.toContain(hostile);
    expect(one).toContain('<iframe title="HTML of the mail" sandbox src=');
    const frame = await fetch(`${url}/mails/${first?.id}/html`);
    expect(frame.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  });
});
