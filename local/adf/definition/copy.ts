import { z } from 'zod';
import type { Leaf } from './dynamic';
import { logSettings, readSettings, writeSettings } from './stores';

/** Sources of a Copy or a Lookup. */
export const source = (leaf: Leaf) => {
  const columns = z.array(z.strictObject({ name: z.string().min(1), value: leaf(z.string()) })).default([]);
  const store = { storeSettings: readSettings(leaf) };
  return z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('MySqlSource'),
      query: leaf(z.string()).optional(),
      queryTimeout: leaf(z.string()).default('02:00:00'),
      additionalColumns: columns,
    }),
    z.strictObject({
      type: z.literal('DelimitedTextSource'),
      ...store,
      formatSettings: z.strictObject({ type: z.literal('DelimitedTextReadSettings') }).optional(),
      additionalColumns: columns,
    }),
    z.strictObject({
      type: z.literal('ParquetSource'),
      ...store,
      formatSettings: z.strictObject({ type: z.literal('ParquetReadSettings') }).optional(),
      additionalColumns: columns,
    }),
    z.strictObject({
      type: z.literal('BinarySource'),
      ...store,
      formatSettings: z.strictObject({ type: z.literal('BinaryReadSettings') }).optional(),
    }),
  ]);
};
export type Source = z.infer<ReturnType<typeof source>>;

const sink = (leaf: Leaf) =>
  z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('ParquetSink'),
      storeSettings: writeSettings(leaf),
      formatSettings: z.strictObject({ type: z.literal('ParquetWriteSettings') }).optional(),
    }),
    z.strictObject({
      type: z.literal('DelimitedTextSink'),
      storeSettings: writeSettings(leaf),
      formatSettings: z.strictObject({
        type: z.literal('DelimitedTextWriteSettings'),
        quoteAllText: leaf(z.boolean()).default(true),
        fileExtension: leaf(z.string()),
      }),
    }),
    z.strictObject({ type: z.literal('BinarySink'), storeSettings: writeSettings(leaf) }),
  ]);
export type Sink = z.infer<ReturnType<typeof sink>>;

/** The type properties of a Copy activity, as far as they are imitated. */
export const copy = (leaf: Leaf) =>
  z.strictObject({
    source: source(leaf),
    sink: sink(leaf),
    enableStaging: z.literal(false).optional(),
    enableSkipIncompatibleRow: leaf(z.boolean()).default(false),
    logSettings: logSettings(leaf).optional(),
    validateDataConsistency: leaf(z.boolean()).optional(),
    parallelCopies: leaf(z.number().int().positive()).optional(),
    dataIntegrationUnits: leaf(z.number().int().positive()).optional(),
  });
export type CopyProperties = z.infer<ReturnType<typeof copy>>;
