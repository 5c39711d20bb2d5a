import type { Run } from '../../../shared/contracts/run';
import type { Disks } from '../host/disks';
import { recordOf } from './ledger';

/** Every run in the record, newest first, read without the app's own reader. */
export async function runsOf({ table }: Pick<Disks, 'table'>): Promise<Run[]> {
  const rows = await table('runs').range('runs', '', '~', 1000);
  return rows.map(({ values }) => recordOf(values) as unknown as Run);
}
