import type { Ports } from '../../shared/ports/ports';
import { fakeAudit } from './audit';
import { fakeCatalogs } from './catalogs';
import { fakeDecisions } from './decisions';
import { fakeFactory } from './factory';
import { fakeFiles } from './files';
import { fakeLake } from './lake';
import { fakeLedger } from './ledger';
import { fakeMail } from './mail';
import { fakeNotebooks } from './notebooks';
import { fakeOutbox } from './outbox';
import { fakePublications } from './publications';
import { fakeRuns } from './runs';
import { fakeSchemas } from './schemas';
import { fakeVault } from './vault';

/** All ports in memory, each with the handles that its fake adds. */
export const fakePorts = (now: () => Date = () => new Date()) =>
  ({
    audit: fakeAudit(),
    catalogs: fakeCatalogs(),
    decisions: fakeDecisions(),
    factory: fakeFactory(),
    files: fakeFiles(),
    lake: fakeLake(now),
    ledger: fakeLedger(now),
    mail: fakeMail(),
    notebooks: fakeNotebooks(),
    outbox: fakeOutbox(now),
    publications: fakePublications(),
    runs: fakeRuns(),
    schemas: fakeSchemas(),
    vault: fakeVault(),
    now,
  }) satisfies Ports;
