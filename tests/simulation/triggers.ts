import { onBlob } from '../../functions/triggers/onBlob';
import type { ReplayRequest } from '../../shared/contracts/quarantine';
import type { RunRequest } from '../../shared/contracts/run';
import { requestPath } from '../../shared/quarantine/place';
import { runId } from '../../shared/runs/id';
import type { Disks } from './host/disks';
import type { Host } from './host/host';
import { people } from './people';
import type { PlannedTrigger } from './scenario';
import { shop } from './shop';
import { isBad } from './world/plays';

type ByHand = 'http' | 'deletes' | 'backfill' | 'replay';
type Asked = Pick<RunRequest, 'sources' | 'aside' | 'replay' | 'keys' | 'reconcile'>;

/** What a run is asked for; the rows of a backfill were there before the story. */
function asked(kind: ByHand, run: string): Asked {
  if (kind === 'http') return { sources: shop.sources.map(({ name }) => name) };
  if (kind === 'deletes') return { sources: ['users'], keys: { accepted: null }, reconcile: true };
  if (kind === 'replay') return { sources: ['users'], replay: true };
  const range = { from: '2025-12-31 22:00:00.000000', to: '2025-12-31 23:30:00.000000', size: '30m' };
  return { sources: ['users'], aside: { kind: 'backfill', lanes: run, source: 'users', ...range, parallel: 2 } };
}

/** Starts runs as people and files do; an event that was not taken comes again. */
export function triggers(disks: Disks, host: Host, accepted: Set<string>) {
  const { time, lake, shop: rows } = disks.outside;
  const asking = people(disks, host, accepted);
  let count = 0;
  const deliver = (event: object): void => {
    let taken = false;
    void host
      .trigger((services, context) => onBlob(services)(event as never, context))
      .then((ok) => {
        taken = ok;
      });
    time.after(30_000, () => {
      if (!taken) deliver(event);
    });
  };
  const start = async (kind: ByHand | 'maintain', id = '2'): Promise<void> => {
    const run = runId(new Date(time.now()), `${kind} ${count}`);
    if (kind === 'replay')
      await lake.put('quarantine', requestPath('users', run), Buffer.from(JSON.stringify(replayOf(id))));
    const trigger = { kind: 'http' as const, actor: 'test', reason: 'by hand' };
    const ok = await host.trigger(async (services, context) => {
      const catalog = await services.catalog();
      if (kind !== 'maintain') await services.start(context, { run, catalog, trigger, ...asked(kind, run) });
      else await services.maintain(context, { run, catalog: catalog.version, trigger, tables: null });
    });
    if (ok) accepted.add(run);
  };
  /** A row as it was when it was good, if it ever was: that is how it is corrected. */
  const replayOf = (id: string): ReplayRequest => {
    const good = rows.versions('users', id).filter((row) => !isBad(row));
    const values = { ...(good.at(-1) ?? { id, value: 'bad' }) };
    return {
      source: 'users',
      table: 'users',
      reason: 'r',
      actor: 'a',
      rows: [{ id: 'users.1.0', window: '1', values }],
    };
  };
  const file = async (): Promise<void> => {
    const path = `countries/${count}.csv`;
    const body = Buffer.from(`id,value\nPL,${count}\nFR,${count}\nbroken\n`);
    await lake.put('landing', path, body);
    const [landed] = await lake.list('landing', path);
    deliver({
      eventType: 'Microsoft.Storage.BlobCreated',
      eventTime: new Date(time.now()).toISOString(),
      subject: `/blobServices/default/containers/landing/blobs/${path}`,
      data: { api: 'PutBlob', eTag: landed?.etag ?? '', contentLength: body.length },
    });
  };
  /** Files of one delivery, one right after the other. */
  const burst = (): void => {
    for (let nth = 0; nth < 4; nth += 1) {
      time.after(nth * 2000, () => {
        count += 1;
        void file();
      });
    }
  };
  return async ({ kind, id }: PlannedTrigger): Promise<void> => {
    count += 1;
    if (kind === 'burst') return burst();
    if (kind === 'file') return file();
    if (kind === 'erase') return asking.erase(id ?? '2');
    if (kind === 'rerun' || kind === 'as-was') return asking.rerun(kind === 'as-was');
    await start(kind, id);
  };
}
