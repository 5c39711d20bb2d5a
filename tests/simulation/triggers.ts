import { onBlob } from '../../functions/triggers/onBlob';
import type { ReplayRequest } from '../../shared/contracts/quarantine';
import type { RunRequest } from '../../shared/contracts/run';
import { requestPath } from '../../shared/quarantine/place';
import { runId } from '../../shared/runs/id';
import type { Disks } from './host/disks';
import type { Host } from './host/host';
import type { PlannedTrigger } from './scenario';
import { shop } from './shop';

type ByHand = Exclude<PlannedTrigger['kind'], 'file' | 'burst'>;
type Asked = Pick<RunRequest, 'sources' | 'aside' | 'replay'>;

/** What a run is asked for; the rows of a backfill were there before the story. */
function asked(kind: Exclude<ByHand, 'maintain' | 'erase'>, run: string): Asked {
  if (kind === 'http') return { sources: shop.sources.map(({ name }) => name) };
  if (kind === 'replay') return { sources: ['users'], replay: true };
  const range = { from: '2025-12-31 22:00:00.000000', to: '2025-12-31 23:30:00.000000', size: '30m' };
  return { sources: ['users'], aside: { kind: 'backfill', lanes: run, source: 'users', ...range, parallel: 2 } };
}

/** Starts runs as people and files do; an event that was not taken comes again. */
export function triggers({ outside }: Disks, host: Host, accepted: Set<string>) {
  const { time, lake } = outside;
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
  const byHand = async (kind: ByHand): Promise<void> => {
    const run = runId(new Date(time.now()), `${kind} ${count}`);
    const rows = [{ id: 'users.1.0', window: '1', values: { id: '2', value: 'bad' } }];
    const request: ReplayRequest = { source: 'users', table: 'users', reason: 'again', actor: 'test', rows };
    if (kind === 'replay') await lake.put('quarantine', requestPath(run), Buffer.from(JSON.stringify(request)));
    const trigger = { kind: 'http' as const, actor: 'test', reason: 'by hand' };
    const ok = await host.trigger(async (services, context) => {
      const catalog = await services.catalog();
      const pinned = { run, catalog: catalog.version, trigger };
      const person = { table: 'users', source: 'users', subject: '0'.repeat(64), purgeNow: false };
      if (kind === 'maintain') await services.maintain(context, { ...pinned, tables: null });
      else if (kind === 'erase') await services.erase(context, { ...pinned, ...person });
      else await services.start(context, { run, catalog, trigger, ...asked(kind, run) });
    });
    if (ok) accepted.add(run);
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
  return ({ kind }: PlannedTrigger): void => {
    count += 1;
    if (kind === 'burst') burst();
    else void (kind === 'file' ? file() : byHand(kind));
  };
}
