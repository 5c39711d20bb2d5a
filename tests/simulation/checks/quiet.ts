import type { Instance } from '../../../local/host/durable/model';
import { isFinished } from '../../../local/host/durable/model';
import type { Disks } from '../host/disks';
import type { Row } from '../world/database';
import { rowsOf } from '../world/parquet';
import { goldOf, isBad } from '../world/plays';
import { type SilverRow, same } from '../world/silver';
import type { Findings } from './findings';
import { recordOf } from './ledger';
import { runsOf } from './runs';

/** When all is quiet, silver and gold are what a recomputation from the sources would give, but for who was erased. */
export async function checkContents({ outside, table }: Disks, { broken }: Findings): Promise<void> {
  const kept = outside.shop.rows('users').filter(({ id }) => !outside.erasures.has(id));
  checkTable(kept, 'users');
  await checkFiles();
  const [publication] = await table('publications').range('publications', '', '~', 1);
  const published = publication && String(recordOf(publication.values)['published']);
  const file = published ? await outside.lake.read('gold', published) : null;
  const gold = JSON.stringify(file ? rowsOf(file) : []);
  if (gold !== JSON.stringify(goldOf(outside, ['users', 'countries'])))
    broken('C2', 'gold is not what silver gives now');
  for (const name of ['totals.csv', 'totals.parquet']) {
    const exported = await outside.lake.read('exports', `totals/${name}`);
    if (JSON.stringify(exported ? rowsOf(exported) : []) !== gold) broken('C12', `${name} is not the published form`);
  }

  function checkTable(rows: readonly Row[], name: string): void {
    const held = new Map(outside.silver.rows(name).map((row) => [row.id, row]));
    for (const row of rows) {
      const found = held.get(row.id);
      held.delete(row.id);
      if (isBad(row)) checkBad(row, name, found);
      else if (!found) broken('C1', `${name} ${row.id} is not in silver`);
      else if (!same(found, row) || found._deleted !== (row.deleted_at !== null)) {
        broken('C1', `${name} ${row.id} of ${row.updated_at} is lost: silver has that of ${found.updated_at}`);
      }
    }
    for (const { id, _deleted } of held.values())
      if (!_deleted) broken('C2', `${name} ${id} is in silver but not in the shop`);
  }

  /** A row that breaks a rule is in quarantine, and silver keeps a good version that there once was. */
  function checkBad(row: Row, name: string, found: SilverRow | undefined): void {
    if (!outside.silver.quarantined(name).some((one) => one.id === row.id && same(one, row))) {
      broken('C1', `${name} ${row.id} of ${row.updated_at} is neither in silver nor in quarantine`);
    }
    const good = outside.shop.versions(name, row.id).filter((one) => !isBad(one));
    if (found && !good.some((one) => same(one, found))) broken('C2', `${name} ${row.id} in silver was never good`);
  }

  /** Files replace the table: it holds what the newest of them say. */
  async function checkFiles(): Promise<void> {
    const landed = await outside.lake.list('landing', 'countries');
    const held = outside.silver.rows('countries').map(({ id, value }) => `${id} ${value}`);
    const ids = new Set<string>();
    for (const { path } of landed) {
      const bytes = await outside.lake.read('landing', path);
      for (const line of Buffer.from(bytes ?? [])
        .toString('utf8')
        .trim()
        .split('\n')
        .slice(1)) {
        const [id = '', value, ...more] = line.split(',');
        if (value !== undefined && more.length === 0) ids.add(`${id} ${value}`);
      }
    }
    if (landed.length > 0 && held.length === 0) broken('C1', 'no file of countries is in silver');
    for (const row of held) if (!ids.has(row)) broken('C2', `countries ${row} comes from no file`);
  }
}

const TERMINAL = new Set(['Succeeded', 'Failed', 'Cancelled', 'Skipped']);

/** Every accepted trigger has ended, once, and whoever had to hear of a failure has been told once. */
export async function checkEnds(
  { table, mail }: Disks,
  accepted: ReadonlySet<string>,
  instances: readonly Instance[],
  { broken }: Findings,
): Promise<void> {
  const runs = await runsOf({ table });
  for (const run of accepted) {
    if (!runs.some((one) => one.run === run)) broken('C5', `run ${run} was accepted and is not in the record`);
  }
  for (const { run, status, sources } of runs) {
    for (const { source, reconciled } of sources) {
      const odd = reconciled?.bronze?.broken ?? '0';
      if (odd !== '0') broken('C7', `run ${run} finds ${odd} files of ${source} that are not what landed`);
    }
    if (!TERMINAL.has(status)) broken('C5', `run ${run} stays ${status}`);
    const told = mail.taken.filter(({ text, subject }) => `${subject} ${text}`.includes(run));
    if (status === 'Failed' && told.length === 0) broken('C6', `run ${run} failed and nobody was told`);
  }
  for (const instance of instances) {
    if (!isFinished(instance)) broken('C5', `instance ${instance.id} stays ${instance.status}`);
    if (instance.output?.includes('Non-deterministic')) broken('C9', `${instance.name}: ${instance.output}`);
  }
  const subjects = mail.taken.map(({ subject }) => subject);
  if (new Set(subjects).size !== subjects.length) broken('C6', 'a letter was sent twice');
  const waiting = await table('outbox').range('outbox', 'pending:', 'pending:~', 1);
  if (waiting.length > 0) broken('C6', 'a letter still waits when all is quiet');
}
