import { Cancelling } from '../../shared/contracts/operate';
import { api } from '../api';
import { exits } from '../fault';
import { formatOf } from '../print';
import { watch } from '../watch';

export interface CancelOptions {
  readonly wait?: boolean;
  readonly reason: string;
  readonly key?: string;
  readonly output: string;
}

/** Tells a run to stop, with everything that it has started outside; with `--wait` until it has. */
export async function cancel(run: string, { wait, reason, key, output }: CancelOptions): Promise<number> {
  const format = formatOf(output);
  const client = api();
  const asked = await client.change(`/runs/${encodeURIComponent(run)}/cancel`, Cancelling, { reason }, key);
  const status = wait ? (await watch(client, run, null)).run.status : 'cancelling';
  process.stdout.write(format === 'json' ? `${JSON.stringify({ ...asked, status })}\n` : `${run}  ${status}\n`);
  return exits.ok;
}
