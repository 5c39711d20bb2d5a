import { createHash } from 'node:crypto';
import type { EmailClient } from '@azure/communication-email';
import type { TokenCredential } from '@azure/identity';
import type { Mail } from '../ports/mail';
import { guarded, MAIL } from './failure';
import { governed } from './governed';
import { governor } from './governor';
import { lazy } from './lazy';
import { LIMITS } from './limits';

const DEADLINE_MS = 30_000;
const ACCEPTED = 202;

/** A UUID that depends on the key alone, in the shape of version 8 (RFC 9562: the content is ours). */
export function operationId(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/**
 * Mail through Azure Communication Services. It hands a letter over and does not wait for its delivery: the quota of
 * status reads is small. The SDK repeats nothing, since the outbox does, with the same operation id.
 * @see https://learn.microsoft.com/azure/communication-services/concepts/service-limits#email
 */
export function communicationMail(endpoint: string, sender: string, credential: TokenCredential): Mail {
  const letters = governor(MAIL, LIMITS.letters);
  const client = lazy(async (): Promise<Pick<EmailClient, 'beginSend'>> => {
    const { EmailClient: Client } = await import('@azure/communication-email');
    const options = governed(({ method }) => (method === 'POST' ? letters : null));
    return new Client(endpoint, credential, { retryOptions: { maxRetries: 0 }, ...options });
  });

  return {
    send: ({ to, subject, text, html }, key) =>
      guarded(MAIL, `sending the letter ${key}`, async () => {
        const message = {
          senderAddress: sender,
          content: { subject, plainText: text, html },
          recipients: { to: to.map((address) => ({ address })) },
        };
        const id = operationId(key);
        let accepted = false;
        const options = {
          operationId: id,
          abortSignal: AbortSignal.timeout(DEADLINE_MS),
          onResponse: ({ status }: { status: number }) => {
            accepted ||= status === ACCEPTED;
          },
        };
        try {
          await (await client()).beginSend(message, options);
        } catch (error) {
          // The SDK asks for the state once, right after handing over; a letter that was taken is sent all the same.
          if (!accepted) throw error;
        }
        return id;
      }),
  };
}
