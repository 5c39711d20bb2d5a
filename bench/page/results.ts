import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Machine = { node: z.string(), cpus: z.number() };

export const Ingest = z.object({
  ...Machine,
  data: z.string(),
  /** What Tidemark compressed its files with. */
  codec: z.string(),
  rows: z.array(
    z.object({
      what: z.string(),
      rows: z.number(),
      rounds: z.number(),
      seconds: z.number(),
      rowsPerSecond: z.number(),
      toLimit: z.number(),
      serverCpuSeconds: z.number(),
      clientCpuSeconds: z.number().optional(),
      peakMb: z.number().optional(),
      load: z.number(),
    }),
  ),
});

export const Increment = z.object({
  ...Machine,
  data: z.string(),
  rows: z.array(
    z.object({
      rows: z.number(),
      changed: z.number(),
      rounds: z.number(),
      copySeconds: z.number(),
      landSeconds: z.number(),
      applySeconds: z.number(),
      windowSeconds: z.number(),
      toMillion: z.number(),
      load: z.number(),
    }),
  ),
});

const Hop = z.object({ what: z.string(), size: z.number(), ms: z.number(), msPerTask: z.number() });

export const Orchestration = z.object({
  ...Machine,
  load: z.number(),
  startUp: z.object({ from: z.string(), ms: z.number() }),
  limit: z.string(),
  rows: z.array(Hop.extend({ limitMs: z.number(), ratio: z.number() })),
  temporal: z.object({ server: z.string(), rows: z.array(Hop) }).optional(),
});

export type Ingest = z.infer<typeof Ingest>;
export type Increment = z.infer<typeof Increment>;
export type Orchestration = z.infer<typeof Orchestration>;

/** What the benchmarks left, each as its last whole run wrote it; undefined where none has run. */
export interface Results {
  readonly ingest: Ingest | undefined;
  readonly increment: Increment | undefined;
  readonly orchestration: Orchestration | undefined;
}

export const FOLDER = join(__dirname, '../results');

const read = <T extends z.ZodType>(name: string, schema: T): z.infer<T> | undefined => {
  const path = join(FOLDER, `${name}.json`);
  return existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
};

export const readResults = (): Results => ({
  ingest: read('ingest', Ingest),
  increment: read('increment', Increment),
  orchestration: read('orchestration', Orchestration),
});
