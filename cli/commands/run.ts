import { Started } from '../../shared/contracts/api';
import { BackfillStarted } from '../../shared/contracts/operate';
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

/** Starts a run, which waits its turn; with `--wait` follows it, and fails when it fails. */
export async function run(
  options: StartOptions & {
    readonly source: string[];
    readonly plan?: string;
    readonly queue: boolean;
    readonly deletes?: boolean;
    readonly acceptDeletes?: string;
  },
): Promise<number> {
  const { source, plan, queue, deletes, acceptDeletes } = options;
  const wanted = {
    ...(source.length > 0 && { sources: source }),
    ...(plan && { plan }),
    queue,
    ...(deletes && { deletes }),
    ...(acceptDeletes !== undefined && { acceptDeletes }),
  };
  return started('/runs', wanted, options);
}

/** Starts a run that takes up what another one left undone. */
export async function rerun(of: string, options: StartOptions & { readonly asWas?: boolean }): Promise<number> {
  const { asWas = false } = options;
  return started(`/runs/${encodeURIComponent(of)}/rerun`, { reason: 'run again by hand', asWas }, options);
}

export interface BackfillOptions extends StartOptions {
  readonly from: string;
  readonly to: string;
  readonly window?: string;
  readonly parallel: string;
}

/** Reads a range of a source again, in windows beside the live ones. */
export async function backfill(source: string, options: BackfillOptions): Promise<number> {
  const { from, to, window = null, parallel } = options;
  const wanted = { source, from, to, window, parallel: Number(parallel), reason: 'backfill by hand' };
  return started('/backfills', wanted, options, BackfillStarted);
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
  answer: typeof Started | typeof BackfillStarted = Started,
): Promise<number> {
  const format = formatOf(output);
  const client = api();
  const asked = await client.change(path, answer, { ...wanted, ...(reason ? { reason } : {}) }, key);
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
