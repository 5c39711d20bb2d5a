import type { Secret, Version } from './secrets';

/** Days that a deleted secret can be brought back, Key Vault's default. */
const RECOVERABLE_DAYS = 90;

const attributes = (v: Version) => ({
  enabled: v.enabled,
  created: v.created,
  updated: v.updated,
  ...(v.nbf === undefined ? {} : { nbf: v.nbf }),
  ...(v.exp === undefined ? {} : { exp: v.exp }),
  recoveryLevel: 'Recoverable+Purgeable',
  recoverableDays: RECOVERABLE_DAYS,
});

const optional = (v: Version) => ({
  ...(v.contentType === undefined ? {} : { contentType: v.contentType }),
  ...(v.tags === undefined ? {} : { tags: v.tags }),
});

/** A version as lists show it: without the value and, in the list of secrets, without the version in its id. */
export const item = (base: string, secret: Secret, v: Version, versioned: boolean) => ({
  id: `${base}/secrets/${secret.name}${versioned ? `/${v.version}` : ''}`,
  attributes: attributes(v),
  ...optional(v),
});

/** A version with its value. */
export const bundle = (base: string, secret: Secret, v: Version) => ({
  value: v.value,
  ...item(base, secret, v, true),
});

/** A soft-deleted secret. */
export const deletedBundle = (base: string, secret: Secret, v: Version) => ({
  recoveryId: `${base}/deletedsecrets/${secret.name}`,
  deletedDate: secret.deleted,
  scheduledPurgeDate: (secret.deleted ?? 0) + RECOVERABLE_DAYS * 24 * 3600,
  ...item(base, secret, v, true),
});
