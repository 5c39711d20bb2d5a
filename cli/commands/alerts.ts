import { AlertList } from '../../shared/contracts/api';
import { api } from '../api';
import { exits } from '../fault';
import { formatOf, printList } from '../print';

/** Lists the mails to people: queued and sent, and which of them the mail service does not take. */
export async function alerts(options: { output: string }): Promise<number> {
  const format = formatOf(options.output);
  const { alerts: all } = await api().read('/alerts', AlertList);
  printList(format, all, [
    ['queued', ({ queued }) => queued],
    ['sent', ({ sent, failed }) => sent ?? (failed ? `not yet: ${failed}` : 'not yet')],
    ['to', ({ to }) => to.join(' ')],
    ['subject', ({ subject }) => subject],
  ]);
  return exits.ok;
}
