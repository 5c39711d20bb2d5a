import { z } from 'zod';
import { isSpan, spanMs } from '../engine/duration';
import { copy, source } from './copy';
import { DatasetReference, type Leaf, LinkedServiceReference, readings } from './dynamic';
import { readSettings } from './stores';

const METADATA = [
  'exists',
  'itemName',
  'itemType',
  'size',
  'created',
  'lastModified',
  'childItems',
  'contentMD5',
  'structure',
  'columnCount',
] as const;

/** https://learn.microsoft.com/azure/data-factory/control-flow-web-activity */
const RequestTimeout = z.string().refine((span) => {
  const minutes = isSpan(span) ? spanMs(span) / 60_000 : 0;
  return minutes >= 1 && minutes <= 10;
}, 'a request waits from 00:01:00 to 00:10:00');

const shape = (leaf: Leaf) => ({
  Copy: copy(leaf),
  Lookup: z.strictObject({
    source: source(leaf),
    dataset: DatasetReference,
    firstRowOnly: leaf(z.boolean()).default(true),
  }),
  GetMetadata: z.strictObject({
    dataset: DatasetReference,
    fieldList: z.array(leaf(z.enum(METADATA))),
    storeSettings: readSettings(leaf).optional(),
    formatSettings: z
      .strictObject({ type: z.enum(['BinaryReadSettings', 'DelimitedTextReadSettings', 'ParquetReadSettings']) })
      .optional(),
  }),
  Delete: z.strictObject({
    dataset: DatasetReference,
    enableLogging: leaf(z.boolean()).default(false),
    logStorageSettings: z
      .strictObject({ linkedServiceName: LinkedServiceReference, path: leaf(z.string()) })
      .optional(),
    storeSettings: readSettings(leaf),
    recursive: leaf(z.boolean()).optional(),
  }),
  WebActivity: z.strictObject({
    url: leaf(z.url()),
    method: leaf(z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])),
    headers: z.record(z.string(), leaf(z.string())).default({}),
    body: z.unknown().optional(),
    authentication: z.strictObject({ type: z.literal('MSI'), resource: leaf(z.string()) }).optional(),
    httpRequestTimeout: leaf(RequestTimeout).default('00:01:00'),
    turnOffAsync: leaf(z.boolean()).default(false),
    disableCertValidation: z.literal(false).optional(),
  }),
  Wait: z.strictObject({ waitTimeInSeconds: leaf(z.number().nonnegative()) }),
  Fail: z.strictObject({ message: leaf(z.string()), errorCode: leaf(z.string()) }),
});

/** Type properties of the activities that do one thing and hold no others. */
export const Work = readings(shape);
export type WorkType = keyof typeof Work.run;
export type WorkProperties<K extends WorkType> = z.infer<(typeof Work.run)[K]>;
export type MetadataField = (typeof METADATA)[number];
