import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Rates } from '../../../../local/http/rates';
import { mail as localMail } from '../../../../local/mail/mail';
import { communicationMail } from '../../../../shared/azure/mail';
import { ProblemError, TransientError, WaitError } from '../../../../shared/errors';
import { fakeMail } from '../../../fakes/mail';
import { type Credentials, credentials } from '../../../support/credential';
import { type LocalState, localState, planFaults } from '../../../support/local';
import { LETTER, mailContract, type Post } from './mail.contract';

let state: LocalState;
let known: Credentials;

async function post(rates: Rates = {}): Promise<Post & { url: string }> {
  const url = await state.start((base) => localMail(state.directory, base, known.keys, rates));
  return {
    url,
    mail: communicationMail(url, 'tidemark@example.com', known.of('app')),
    async subjects() {
      const mails = (await (await fetch(`${url}/mails.json`)).json()) as {
        message: { content: { subject: string } };
      }[];
      return mails.map(({ message }) => message.content.subject);
    },
  };
}

beforeEach(async () => {
  state = await localState();
  known = await credentials(state.directory);
});
afterEach(() => state.dispose());

describe('fake mail', () =>
  mailContract(async () => {
    const mail = fakeMail();
    return { mail, subjects: async () => mail.taken.map(({ subject }) => subject) };
  }));
describe('Communication Services', () => mailContract(() => post()));

describe('when the mail service fails', () => {
  test('a letter that was taken is sent, though its state could not be read', async () => {
    const { url, mail, subjects } = await post();
    await planFaults(url, [{ match: 'GET /emails/operations/', kind: 'status', status: 429 }]);
    expect(await mail.send(LETTER, 'k')).toMatch(/-/);
    expect(await subjects()).toHaveLength(1);
  });

  test('a lost answer is transient, and sending again hands nothing over twice', async () => {
    const { url, mail, subjects } = await post();
    await planFaults(url, [{ match: 'POST /emails:send', kind: 'drop-after' }]);
    await expect(mail.send(LETTER, 'k')).rejects.toBeInstanceOf(TransientError);
    await mail.send(LETTER, 'k');
    expect(await subjects()).toHaveLength(1);
  });

  test('a spent quota says how long to wait, and until then nothing is sent', async () => {
    const { mail, subjects } = await post({ 'mail.sends': [{ count: 1, seconds: 3600 }] });
    await mail.send(LETTER, 'first');
    const refused = await mail.send(LETTER, 'second').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(WaitError);
    expect((refused as WaitError).seconds).toBeGreaterThan(3500);
    await expect(mail.send(LETTER, 'third')).rejects.toBeInstanceOf(WaitError);
    expect(await subjects()).toHaveLength(1);
  });

  test('a refused letter is no reason to try again', async () => {
    const { url, mail } = await post();
    await planFaults(url, [{ match: 'POST /emails:send', kind: 'status', status: 400 }]);
    const failure = await mail.send(LETTER, 'k').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    expect(failure).not.toBeInstanceOf(TransientError);
  });
});
