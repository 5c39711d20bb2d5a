import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Layout } from '../supervisor/layout';

/*
 * The metadata tables as they lie on disk: an app that was killed cannot answer, and one that lives could be wrong. The
 * schemas name what the invariants need and no more.
 */
const Entity = z.object({
  PartitionKey: z.string(),
  RowKey: z.string(),
  properties: z.record(z.string(), z.unknown()),
});
const Database = z.object({ collections: z.array(z.object({ name: z.string(), data: z.array(z.unknown()) })) });

const Run = z.object({ run: z.string(), status: z.string(), ended: z.string().nullable() });
const Step = z.object({ run: z.string(), id: z.string(), subject: z.string(), name: z.string(), status: z.string() });
const Window = z.object({
  source: z.string(),
  number: z.string(),
  state: z.string(),
  manifest: z.string().nullable(),
  upper: z.string().nullable(),
});
const Watermark = z.object({ source: z.string(), cursor: z.string().nullable(), window: z.string() });
const Letter = z.object({ key: z.string(), sent: z.string().nullable() });

/** What the app has written down. */
export interface Metadata {
  readonly runs: readonly z.infer<typeof Run>[];
  readonly steps: readonly z.infer<typeof Step>[];
  readonly windows: readonly z.infer<typeof Window>[];
  readonly watermarks: readonly z.infer<typeof Watermark>[];
  readonly letters: readonly z.infer<typeof Letter>[];
}

/** @throws Error while the file is not there yet */
export async function readMetadata(layout: Layout): Promise<Metadata> {
  const text = await readFile(join(layout.state, 'tables/tables.json'), 'utf8');
  const { collections } = Database.parse(JSON.parse(text));
  const rows = <T>(table: string, schema: z.ZodType<T>, wanted: (key: string) => boolean): T[] =>
    (collections.find(({ name }) => name.endsWith(`$${table}`))?.data ?? [])
      .map((data) => Entity.parse(data))
      .filter(({ RowKey }) => wanted(RowKey))
      .map(({ properties }) => schema.parse(whole(properties)));
  return {
    runs: rows('runs', Run, (key) => key.startsWith('run:')),
    steps: rows('runs', Step, (key) => key.startsWith('step:')),
    windows: rows('ledger', Window, (key) => key.startsWith('window:')),
    watermarks: rows('ledger', Watermark, (key) => key === 'watermark'),
    letters: rows('outbox', Letter, (key) => key.startsWith('letter:')),
  };
}

/** A record is stored in pieces of a size that a table property can hold. */
const whole = (properties: Record<string, unknown>): unknown =>
  JSON.parse(
    Object.keys(properties)
      .filter((name) => /^json\d\d$/.test(name))
      .sort()
      .map((name) => properties[name])
      .join(''),
  );
