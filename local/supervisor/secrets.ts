import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { writeDurable } from '../disk/durable';
import { readJson } from '../disk/readJson';

/** What the stack has made up for itself, kept in the state directory for its owner alone. */
const Secrets = z.strictObject({
  apiKey: z.string(),
  shopPassword: z.string(),
  readerPassword: z.string(),
  pseudonymKey: z.string(),
  databricksToken: z.string(),
  controlToken: z.string(),
  appSecret: z.string(),
});
export type Secrets = z.infer<typeof Secrets>;

/** The secrets of this stack, made at the first call. */
export async function secretsOf(path: string): Promise<Secrets> {
  const there = await readJson(path, Secrets);
  if (there !== undefined) return there;
  const word = () => randomBytes(24).toString('base64url');
  const fresh: Secrets = {
    apiKey: word(),
    shopPassword: word(),
    readerPassword: word(),
    pseudonymKey: randomBytes(32).toString('base64'),
    databricksToken: `dapi${randomBytes(16).toString('hex')}`,
    controlToken: word(),
    appSecret: word(),
  };
  await writeDurable(path, JSON.stringify(fresh));
  return fresh;
}
