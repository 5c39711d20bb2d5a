import type { Table } from '../../../shared/azure/tables/table';
import { fakeMail } from '../../fakes/mail';
import { type FactoryServer, factoryServer } from '../world/factory';
import { type NotebookServer, notebookServer } from '../world/notebooks';
import type { Outside } from '../world/outside';

/** All that is left when the host dies: the disks of every service, and the journal of the task hub. */
export interface Disks {
  readonly outside: Outside;
  readonly factory: FactoryServer;
  readonly notebooks: NotebookServer;
  readonly mail: ReturnType<typeof fakeMail>;
  /** The metadata tables, by name; one that nobody has written to is empty. */
  readonly table: (name: string) => Table;
  readonly journal: string[];
}

export const disksOf = (outside: Outside, table: Disks['table']): Disks => ({
  outside,
  factory: factoryServer(outside),
  notebooks: notebookServer(outside),
  mail: fakeMail(),
  table,
  journal: [],
});
