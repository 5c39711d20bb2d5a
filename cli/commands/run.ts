import { Started } from '../../shared/contracts/api';
import { type Api, api } from '../api';
import { exits } from '../fault';
import { type Format, formatOf } from '../print';
import { watch } from '../watch';
import { exitOf, printDetail } from './runs';

export interface StartOptions {
  readonly wait?: boolean;
  readonly reason?: string;
  readonly key?: string;
  readonly output: string;
}

/** Starts a run; with `--wait` follows it, and fails when it fails. */
export async function run({ source, ...options }: StartOptions & { readonly source: string[] }): Promise<number> {
  return started('/runs', { ...(source.length > 0 ? { sources: source } : {}) }, options);
}

/** Starts a run that takes up what another one left undone. */
export async function rerun(of: string, options: StartOptions): Promise<number> {
  return started(`/runs/${encodeURIComponent(of)}/rerun`, { reason: 'run again by hand' }, options);
}

/** Lets a parked source go on; with `accept` it is taken as it was found. */
export async function resume(
  source: string,
  { accept, ...options }: StartOptions & { accept?: boolean },
): Promise<number> {
  return started(`/sources/${encodeURIComponent(source)}/resume`, { accept: accept === true }, options);
}

/** Asks for a run; with `--wait` follows it to its end. */
export async function started(
  path: string,
  wanted: object,
  { wait, reason, key, output }: StartOptions,
): Promise<number> {
  const format = formatOf(output);
  const client = api();
  const asked = await client.change(path, Started, { ...wanted, ...(reason ? { reason } : {}) }, key);
  if (!wait) {
    process.stdout.write(format === 'json' ? `${JSON.stringify(asked)}\n` : `${asked.run}\n`);
    return exits.ok;
  }
  return followed(client, asked.run, format);
}

async function followed(client: Api, id: string, format: Format): Promise<number> {
  const detail = await watch(client, id, format === 'table' ? process.stdout : process.stderr);
  printDetail(detail, format, { steps: false });
  return exitOf(detail);
}
