import { AuditList } from '../../shared/contracts/operate';
import { api } from '../api';
import { exits } from '../fault';
import { formatOf, printList } from '../print';

/** Lists what people did, the newest first. */
export async function audit(options: { limit: string; output: string }): Promise<number> {
  const format = formatOf(options.output);
  const { entries } = await api().read(`/audit?limit=${encodeURIComponent(options.limit)}`, AuditList);
  printList(format, entries, [
    ['at', ({ at }) => at],
    ['actor', ({ actor }) => actor],
    ['action', ({ action }) => action],
    ['subject', ({ subject }) => subject],
    ['reason', ({ reason }) => reason],
    ['outcome', ({ outcome }) => outcome],
    ['before', ({ before }) => before],
    ['after', ({ after }) => after],
  ]);
  return exits.ok;
}
