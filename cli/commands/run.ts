import { Started } from '../../shared/contracts/api';
import { api } from '../api';
import { exits } from '../fault';
import { formatOf } from '../print';
import { watch } from '../watch';
import { exitOf, printDetail } from './runs';

export interface RunOptions {
  readonly source: string[];
  readonly wait?: boolean;
  readonly reason?: string;
  readonly output: string;
}

/** Starts a run; with `--wait` follows it, and fails when it fails. */
export async function run({ source, wait, reason, output }: RunOptions): Promise<number> {
  const format = formatOf(output);
  const client = api();
  const body = JSON.stringify({ ...(source.length > 0 ? { sources: source } : {}), ...(reason ? { reason } : {}) });
  const started = await client.read('/runs', Started, { method: 'POST', body });
  if (!wait) {
    process.stdout.write(format === 'json' ? `${JSON.stringify(started)}\n` : `${started.run}\n`);
    return exits.ok;
  }
  const detail = await watch(client, started.run, format === 'table' ? process.stdout : process.stderr);
  printDetail(detail, format, { steps: false });
  return exitOf(detail);
}
