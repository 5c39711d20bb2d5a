import type { Lake } from '../../shared/ports/lake';

type Parameters = Readonly<Record<string, unknown>>;
interface Writable extends Lake {
  put(container: string, path: string, body: Uint8Array): Promise<void>;
}

/** Writes what a run of the export pipeline writes, with a content of the test's own. */
export async function exported(lake: Writable, run: string, parameters: Parameters, content = 'x'): Promise<void> {
  for (const name of ['csvFile', 'parquetFile']) {
    const path = `${parameters['targetFolder']}/${run}-${parameters[name]}`;
    await lake.put('exports', path, Buffer.from(content));
  }
}
