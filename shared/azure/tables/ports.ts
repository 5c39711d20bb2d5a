import type { Ports } from '../../ports/ports';
import { tableAudit } from './audit';
import { tableCatalogs } from './catalogs';
import { tableDecisions } from './decisions';
import { tableFiles } from './files';
import { tableLedger } from './ledger';
import { tableOutbox } from './outbox';
import { tablePublications } from './publications';
import { tableRuns } from './runs';
import { tableSchemas } from './schemas';
import type { Table } from './table';

type Kept = 'audit' | 'catalogs' | 'decisions' | 'files' | 'ledger' | 'outbox' | 'publications' | 'runs' | 'schemas';

/** The ports that keep their state in tables, each in one of its own. */
export const tablePorts = (table: (name: Kept) => Table, now: () => Date): Pick<Ports, Kept> => ({
  audit: tableAudit(table('audit')),
  catalogs: tableCatalogs(table('catalogs'), now),
  decisions: tableDecisions(table('decisions')),
  files: tableFiles(table('files')),
  ledger: tableLedger(table('ledger'), now),
  outbox: tableOutbox(table('outbox'), now),
  publications: tablePublications(table('publications')),
  runs: tableRuns(table('runs')),
  schemas: tableSchemas(table('schemas')),
});
