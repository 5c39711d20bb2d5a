import { join } from 'node:path';
import { z } from 'zod';
import { writeDurable } from '../disk/durable';
import { ownDirectory } from '../disk/ownDirectory';
import { readJson } from '../disk/readJson';

const Address = z.object({ address: z.email(), displayName: z.string().optional() });
/** https://learn.microsoft.com/azure/communication-services/concepts/service-limits#email */
const MAX_RECIPIENTS = 50;

/** The body of `emails:send`. */
export const Message = z.object({
  senderAddress: z.email(),
  content: z.object({ subject: z.string().min(1), plainText: z.string().nullish(), html: z.string().nullish() }),
  recipients: z
    .object({ to: z.array(Address).nullish(), cc: z.array(Address).nullish(), bcc: z.array(Address).nullish() })
    .refine(
      ({ to, cc, bcc }) => (to?.length ?? 0) + (cc?.length ?? 0) + (bcc?.length ?? 0) > 0,
      'there is no recipient',
    )
    .refine(
      ({ to, cc, bcc }) => (to?.length ?? 0) + (cc?.length ?? 0) + (bcc?.length ?? 0) <= MAX_RECIPIENTS,
      `there are more than ${MAX_RECIPIENTS} recipients`,
    ),
  replyTo: z.array(Address).nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  attachments: z
    .array(z.looseObject({ name: z.string(), contentType: z.string(), contentInBase64: z.string() }))
    .nullish(),
});
export type Message = z.infer<typeof Message>;

/** A mail that was accepted; `at` is in epoch milliseconds. */
const Mail = z.object({ id: z.uuid(), at: z.number(), message: Message });
export type Mail = z.infer<typeof Mail>;

/** Accepted mails, one file each, newest first. The id is that of the send operation. */
export interface Mails {
  all(): readonly Mail[];
  get(id: string): Mail | undefined;
  add(mail: Mail): Promise<void>;
}

export async function mailsIn(directory: string): Promise<Mails> {
  const files = (await ownDirectory(directory)).filter((name) => name.endsWith('.json'));
  const read = await Promise.all(files.map((name) => readJson(join(directory, name), Mail)));
  const kept = read.filter((mail) => mail !== undefined).sort((a, b) => b.at - a.at);
  return {
    all: () => kept,
    get: (id) => kept.find((mail) => mail.id === id),
    async add(mail) {
      await writeDurable(join(directory, `${mail.id}.json`), JSON.stringify(mail, null, 2));
      kept.unshift(mail);
    },
  };
}

export const recipientsOf = ({ recipients: { to, cc, bcc } }: Message): string[] =>
  [to, cc, bcc].flatMap((list) => (list ?? []).map(({ address }) => address));
