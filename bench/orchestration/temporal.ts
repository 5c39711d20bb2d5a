import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const Result = z.object({
  server: z.string(),
  rows: z.array(z.object({ what: z.string(), size: z.number(), ms: z.number(), msPerTask: z.number() })),
});

/**
 * The same chains and fan-outs on Temporal's Java test server, which keeps its state in memory. Runs only where
 * TEMPORAL_PYTHON (an interpreter with `temporalio`) and TEMPORAL_CLASSPATH (the server's jars) are given.
 */
export async function temporal(): Promise<z.infer<typeof Result> | undefined> {
  const python = process.env['TEMPORAL_PYTHON'];
  if (python === undefined || process.env['TEMPORAL_CLASSPATH'] === undefined) return undefined;
  const { stdout } = await promisify(execFile)(python, [join(__dirname, 'temporal.py')], { timeout: 300_000 });
  // The client's own log shares standard output; the document is the last line.
  return Result.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}
