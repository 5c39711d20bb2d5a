import { z } from 'zod';
import { type Leaf, LinkedServiceReference } from './dynamic';

/** How files are found: by the data set's path, or by wildcards below it. */
export const readSettings = (leaf: Leaf) => {
  const Common = {
    recursive: leaf(z.boolean()).default(true),
    wildcardFolderPath: leaf(z.string()).optional(),
    wildcardFileName: leaf(z.string()).optional(),
    modifiedDatetimeStart: leaf(z.string()).optional(),
    modifiedDatetimeEnd: leaf(z.string()).optional(),
    maxConcurrentConnections: leaf(z.number().int()).optional(),
  };
  return z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('AzureBlobFSReadSettings'), ...Common }),
    z.strictObject({ type: z.literal('SftpReadSettings'), ...Common }),
  ]);
};
export type ReadSettings = z.infer<ReturnType<typeof readSettings>>;

export const writeSettings = (leaf: Leaf) =>
  z.strictObject({
    type: z.literal('AzureBlobFSWriteSettings'),
    copyBehavior: leaf(z.enum(['PreserveHierarchy', 'FlattenHierarchy'])).default('PreserveHierarchy'),
    blockSizeInMB: leaf(z.number().int()).optional(),
    maxConcurrentConnections: leaf(z.number().int()).optional(),
  });

/** Where a Copy writes its session log. */
export const logSettings = (leaf: Leaf) =>
  z.strictObject({
    enableCopyActivityLog: leaf(z.boolean()).default(true),
    copyActivityLogSettings: z
      .strictObject({
        logLevel: leaf(z.enum(['Warning', 'Info'])).default('Warning'),
        enableReliableLogging: leaf(z.boolean()).default(false),
      })
      .optional(),
    logLocationSettings: z.strictObject({
      linkedServiceName: LinkedServiceReference,
      path: leaf(z.string().min(1)),
    }),
  });
export type LogSettings = z.infer<ReturnType<typeof logSettings>>;
