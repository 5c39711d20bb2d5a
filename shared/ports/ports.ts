import type { Audit } from './audit';
import type { Catalogs } from './catalogs';
import type { Decisions } from './decisions';
import type { Factory } from './factory';
import type { Files } from './files';
import type { Lake } from './lake';
import type { Ledger } from './ledger';
import type { Mail } from './mail';
import type { Notebooks } from './notebooks';
import type { Outbox } from './outbox';
import type { Publications } from './publications';
import type { Runs } from './runs';
import type { Schemas } from './schemas';
import type { Vault } from './vault';

/** All that the activities and triggers know of the world outside. */
export interface Ports {
  readonly audit: Audit;
  readonly catalogs: Catalogs;
  readonly decisions: Decisions;
  readonly factory: Factory;
  readonly files: Files;
  readonly lake: Lake;
  readonly ledger: Ledger;
  readonly mail: Mail;
  readonly notebooks: Notebooks;
  readonly outbox: Outbox;
  readonly publications: Publications;
  readonly runs: Runs;
  readonly schemas: Schemas;
  readonly vault: Vault;
  /** The wall clock. */
  readonly now: () => Date;
}
