import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { bundle, deletedBundle, item } from './bundle';
import { notFound, Refusal } from './refusal';
import type { Secret, Secrets, Version } from './secrets';

const Attributes = z.object({ enabled: z.boolean().optional(), nbf: z.int().optional(), exp: z.int().optional() });
const Tags = z.record(z.string(), z.string());
/** A secret holds up to 25 KB. https://learn.microsoft.com/azure/key-vault/secrets/about-secrets */
const MAX_VALUE_BYTES = 25 * 1024;
const NewSecret = z.object({
  value: z.string().refine((value) => Buffer.byteLength(value) <= MAX_VALUE_BYTES, 'the value is longer than 25 KB'),
  tags: Tags.nullish(),
  contentType: z.string().max(255).nullish(),
  attributes: Attributes.nullish(),
});
const Update = NewSecret.omit({ value: true });
type Update = z.infer<typeof Update>;

const seconds = () => Math.floor(Date.now() / 1000);
const newest = (secret: Secret): Version => {
  const last = secret.versions.at(-1);
  if (!last) throw new Error(`the file of secret ${secret.name} holds no version`);
  return last;
};

function parsed<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const result = schema.safeParse(body);
  if (!result.success) throw new Refusal(400, 'BadParameter', z.prettifyError(result.error));
  return result.data;
}

const changes = ({ tags, contentType, attributes }: Update): Partial<Version> =>
  Object.fromEntries(Object.entries({ tags, contentType, ...attributes }).filter(([, value]) => value != null));

const conflict = (name: string, deleted: boolean) =>
  deleted
    ? new Refusal(
        409,
        'Conflict',
        `Secret ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.`,
        'ObjectIsDeletedButRecoverable',
      )
    : new Refusal(409, 'Conflict', `Secret ${name} is in use, so it cannot be recovered.`);

/** What Key Vault does with secrets; every answer is a JSON body of its REST API. */
export const actions = (secrets: Secrets, base: () => string) => ({
  set(name: string, body: unknown) {
    const { value, ...rest } = parsed(NewSecret, body);
    const now = seconds();
    const fresh: Version = {
      enabled: true,
      ...changes(rest),
      value,
      version: randomUUID().replaceAll('-', ''),
      created: now,
      updated: now,
    };
    return secrets.change(name, (kept) => {
      if (kept?.deleted !== undefined) throw conflict(name, true);
      const store = { name: kept?.name ?? name, versions: [...(kept?.versions ?? []), fresh] };
      return { store, answer: bundle(base(), store, fresh) };
    });
  },

  async get(name: string, version?: string) {
    const secret = await secrets.get(name);
    if (!secret || secret.deleted !== undefined) throw notFound(name);
    const found = version ? secret.versions.find((one) => one.version === version) : newest(secret);
    if (!found) throw notFound(name, version);
    if (!found.enabled)
      throw new Refusal(403, 'Forbidden', 'Operation get is not allowed on a disabled secret.', 'SecretDisabled');
    return bundle(base(), secret, found);
  },

  update(name: string, version: string, body: unknown) {
    const change = changes(parsed(Update, body));
    return secrets.change(name, (kept) => {
      const found = kept?.deleted === undefined && kept?.versions.find((one) => one.version === version);
      if (!kept || !found) throw notFound(name, version);
      Object.assign(found, change, { updated: seconds() });
      const { value: _, ...answer } = bundle(base(), kept, found);
      return { store: kept, answer };
    });
  },

  remove: (name: string) =>
    secrets.change(name, (kept) => {
      if (!kept || kept.deleted !== undefined) throw notFound(name);
      const store = { ...kept, deleted: seconds() };
      return { store, answer: deletedBundle(base(), store, newest(store)) };
    }),

  async getDeleted(name: string) {
    const secret = await secrets.get(name);
    if (secret?.deleted === undefined) throw notFound(name);
    return deletedBundle(base(), secret, newest(secret));
  },

  recover: (name: string) =>
    secrets.change(name, (kept) => {
      if (!kept) throw notFound(name);
      if (kept.deleted === undefined) throw conflict(name, false);
      const { deleted: _, ...store } = kept;
      return { store, answer: item(base(), store, newest(store), true) };
    }),

  purge: (name: string) =>
    secrets.change(name, (kept) => {
      if (kept?.deleted === undefined) throw notFound(name);
      return { store: 'remove', answer: undefined };
    }),

  async list() {
    const live = (await secrets.list()).filter((secret) => secret.deleted === undefined);
    return live.map((secret) => item(base(), secret, newest(secret), false));
  },

  async listDeleted() {
    const gone = (await secrets.list()).filter((secret) => secret.deleted !== undefined);
    return gone.map((secret) => ({
      ...deletedBundle(base(), secret, newest(secret)),
      id: `${base()}/secrets/${secret.name}`,
    }));
  },

  async versions(name: string) {
    const secret = await secrets.get(name);
    if (!secret || secret.deleted !== undefined) throw notFound(name);
    return secret.versions.map((version) => item(base(), secret, version, true));
  },
});
