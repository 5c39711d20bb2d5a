import { ScheduleList } from '../../shared/contracts/api';
import { api } from '../api';
import { exits } from '../fault';
import { formatOf, printList } from '../print';

/** Lists the schedules with their next ticks. */
export async function schedules(options: { output: string }): Promise<number> {
  const format = formatOf(options.output);
  const { schedules: all } = await api().read('/schedules', ScheduleList);
  printList(format, all, [
    ['schedule', ({ schedule }) => schedule.name],
    ['cron', ({ schedule }) => schedule.cron],
    ['zone', ({ schedule }) => schedule.zone],
    ['sources', ({ schedule }) => (schedule.sources === 'all' ? 'all' : schedule.sources.join(' '))],
    ['overlap', ({ schedule }) => schedule.overlap],
    ['next', ({ next }) => next[0] ?? ''],
    ['served', ({ served }) => served ?? 'never'],
  ]);
  return exits.ok;
}
