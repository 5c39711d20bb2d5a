import { z } from 'zod';
import { type Leaf, LinkedServiceReference, Parameters, readings } from './dynamic';

const Common = {
  description: z.string().optional(),
  parameters: Parameters.optional(),
  annotations: z.array(z.unknown()).optional(),
};

const GUIDS = 'by itself the service reads each CHAR(36) as a GUID, which is not imitated here: set guidFormat to None';

const shape = (leaf: Leaf) => {
  const secret = z.strictObject({
    type: z.literal('AzureKeyVaultSecret'),
    store: LinkedServiceReference,
    secretName: leaf(z.string().min(1)),
    secretVersion: leaf(z.string()).optional(),
  });
  return z.discriminatedUnion('type', [
    z.strictObject({
      ...Common,
      type: z.literal('AzureKeyVault'),
      typeProperties: z.strictObject({ baseUrl: leaf(z.url()) }),
    }),
    z.strictObject({
      ...Common,
      type: z.literal('AzureBlobFS'),
      typeProperties: z.strictObject({ url: leaf(z.url()) }),
    }),
    z.strictObject({
      ...Common,
      type: z.literal('MySql'),
      // https://learn.microsoft.com/azure/data-factory/connector-mysql: version 2.0, which is told by its driver alone.
      typeProperties: z.strictObject({
        driverVersion: z.literal('v2'),
        server: leaf(z.string().min(1)),
        port: leaf(z.coerce.number().int().positive()),
        database: leaf(z.string().min(1)),
        username: leaf(z.string().min(1)),
        sslMode: leaf(z.coerce.number().int().min(0).max(4)).default(1),
        useSystemTrustStore: leaf(z.coerce.number().int().min(0).max(1)).default(0),
        treatTinyAsBoolean: leaf(z.boolean()).default(true),
        guidFormat: leaf(z.literal('None', GUIDS)),
        password: secret,
      }),
    }),
    z.strictObject({
      ...Common,
      type: z.literal('Sftp'),
      typeProperties: z.strictObject({
        host: leaf(z.string().min(1)),
        port: leaf(z.coerce.number().int().positive()).default(22),
        skipHostKeyValidation: leaf(z.boolean()).default(false),
        hostKeyFingerprint: leaf(z.string()).optional(),
        authenticationType: leaf(z.enum(['Basic', 'SshPublicKey'])),
        userName: leaf(z.string().min(1)),
        password: secret.optional(),
        privateKeyContent: secret.optional(),
        passPhrase: secret.optional(),
      }),
    }),
  ]);
};

/** Linked services that the local factory can connect to. Fields as in the published models. */
export const LinkedService = readings(shape);
export type LinkedService = z.infer<typeof LinkedService.run>;
export type Connection<K extends LinkedService['type']> = Extract<LinkedService, { type: K }>['typeProperties'];
export type Secret = Connection<'MySql'>['password'];
