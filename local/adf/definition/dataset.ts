import { z } from 'zod';
import { type Leaf, LinkedServiceReference, Parameters, readings } from './dynamic';

const Common = {
  description: z.string().optional(),
  linkedServiceName: LinkedServiceReference,
  parameters: Parameters.optional(),
  annotations: z.array(z.unknown()).optional(),
  folder: z.strictObject({ name: z.string() }).optional(),
  schema: z.array(z.never(), 'a fixed schema is not imitated: leave it empty').optional(),
};

const shape = (leaf: Leaf) => {
  const location = z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('AzureBlobFSLocation'),
      fileSystem: leaf(z.string().min(1)),
      folderPath: leaf(z.string()).optional(),
      fileName: leaf(z.string()).optional(),
    }),
    z.strictObject({
      type: z.literal('SftpLocation'),
      folderPath: leaf(z.string()).optional(),
      fileName: leaf(z.string()).optional(),
    }),
  ]);
  return z.discriminatedUnion('type', [
    z.strictObject({
      ...Common,
      type: z.literal('MySqlTable'),
      typeProperties: z.strictObject({ tableName: leaf(z.string()).optional() }).optional(),
    }),
    z.strictObject({
      ...Common,
      type: z.literal('Parquet'),
      // https://learn.microsoft.com/azure/data-factory/format-parquet: these, and lzo, which its Copy activity does not support.
      typeProperties: z.strictObject({
        location,
        compressionCodec: leaf(z.enum(['none', 'gzip', 'snappy'])).default('snappy'),
      }),
    }),
    z.strictObject({
      ...Common,
      type: z.literal('DelimitedText'),
      typeProperties: z.strictObject({
        location,
        columnDelimiter: leaf(z.string().length(1)).default(','),
        rowDelimiter: leaf(z.enum(['\n', '\r\n'])).optional(),
        encodingName: leaf(z.string()).default('UTF-8'),
        quoteChar: leaf(z.string().max(1)).default('"'),
        escapeChar: leaf(z.string().max(1)).default('\\'),
        firstRowAsHeader: leaf(z.boolean()).default(false),
        nullValue: leaf(z.string()).default(''),
        compressionCodec: leaf(z.enum(['none', 'gzip', 'ZipDeflate'])).default('none'),
        compressionLevel: leaf(z.enum(['Optimal', 'Fastest'])).default('Optimal'),
      }),
    }),
    z.strictObject({
      ...Common,
      type: z.literal('Binary'),
      typeProperties: z.strictObject({ location }),
    }),
  ]);
};

/** Data sets of the local factory: a MySQL table, and files in three formats on the lake or an SFTP server. */
export const Dataset = readings(shape);
export type Dataset = z.infer<typeof Dataset.run>;
export type FileDataset = Exclude<Dataset, { type: 'MySqlTable' }>;
export type CsvFormat = Extract<Dataset, { type: 'DelimitedText' }>['typeProperties'];
