import { readFile } from 'node:fs/promises';
import type { z } from 'zod';

/** Reads and checks a JSON file; `undefined` when there is none, an error that names the file when it is malformed. */
export async function readJson<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T> | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${path} cannot be used: ${(cause as Error).message}; correct or remove it`, { cause });
  }
}
