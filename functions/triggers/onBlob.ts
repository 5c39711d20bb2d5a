import type { EventGridEvent, InvocationContext } from '@azure/functions';
import { z } from 'zod';
import { settledBy } from '../../activities/files/settled';
import type { BlobSource, Catalog } from '../../shared/contracts/catalog';
import type { SeenFile } from '../../shared/contracts/files';
import { speaksFor } from '../../shared/files/complete';
import { matches } from '../../shared/files/match';
import type { Ports } from '../../shared/ports/ports';
import { runId } from '../../shared/runs/id';
import type { Services } from '../services';

const SUBJECT = /^\/blobServices\/default\/containers\/landing\/blobs\/(?<path>.+)$/;
/**
 * Calls after which a blob is whole; a data lake also tells of the creation of an empty file, which is none.
 * https://learn.microsoft.com/azure/event-grid/event-schema-blob-storage
 */
const WHOLE = ['PutBlob', 'PutBlockList', 'CopyBlob', 'FlushWithClose', 'SftpCommit'] as const;
const Created = z.object({
  eventType: z.literal('Microsoft.Storage.BlobCreated'),
  eventTime: z.iso.datetime(),
  subject: z.string().regex(SUBJECT),
  data: z.object({ api: z.enum(WHOLE), eTag: z.string(), contentLength: z.number().int().nonnegative() }),
});

/** A file that arrived whole, as the event tells it: a hint, since landing is looked at when the run reads it. */
export interface Arrival {
  readonly path: string;
  readonly etag: string;
  readonly bytes: string;
  readonly at: Date;
}

/** The arrival that an event announces, or null when it is about something else. */
export function arrivalFrom(event: unknown): Arrival | null {
  const created = Created.safeParse(event);
  if (!created.success) return null;
  const { subject, eventTime, data } = created.data;
  const path = SUBJECT.exec(subject)?.groups?.['path'];
  const etag = data.eTag.replaceAll('"', '');
  return path ? { path, etag, bytes: String(data.contentLength), at: new Date(eventTime) } : null;
}

/** The sources that such a file concerns: they read it, or it speaks for one that they read. */
export const sourcesOf = ({ sources }: Catalog, path: string): BlobSource[] =>
  sources.flatMap((source) => {
    if (source.kind !== 'blob' || !path.startsWith(`${source.folder}/`)) return [];
    const name = path.slice(source.folder.length + 1);
    return matches(source.pattern, name) || speaksFor(source.complete, source.pattern, name) ? [source] : [];
  });

/**
 * A file in landing starts a run of its source, unless one waits that will read it too; the same event again is the same
 * run, and one for a file read before none.
 */
export const onBlob =
  (services: Services) =>
  async (event: EventGridEvent, context: InvocationContext): Promise<void> => {
    const arrival = arrivalFrom(event);
    if (!arrival) return context.warn(`not an arrival in landing: ${event.eventType} ${event.subject}`);
    const catalog = await services.catalog();
    const concerned = sourcesOf(catalog, arrival.path);
    if (concerned.length === 0) return context.warn(`no source reads ${arrival.path}`);
    const { path, etag } = arrival;
    const fresh = await Promise.all(concerned.map((source) => announced(services.ports, source, arrival)));
    const unread = concerned.filter((_, at) => fresh[at]).map(({ name }) => name);
    if (unread.length === 0) return context.warn(`${path} in version ${etag} was read before`);
    const run = runId(arrival.at, `${path}|${etag}`);
    const known = await services.ports.runs.get(run);
    if (known && known.status !== 'Queued') return context.warn(`${path} in version ${etag} is told of again`);
    const places = await Promise.all(
      unread.map((source) => services.ports.ledger.queue(source, run, catalog.limits.leaseSeconds)),
    );
    const sources = unread.filter((_, at) => places[at]?.run === run);
    if (sources.length === 0) return context.log(`${path} is read by run ${places[0]?.run}, which waits`);
    await services.start(context, { run, catalog, sources, trigger: { kind: 'blob', path, etag } });
  };

/** Notes that this version of a file is whole. @returns false when it was read before */
async function announced(ports: Ports, source: BlobSource, { path, etag, bytes, at }: Arrival): Promise<boolean> {
  const name = path.slice(source.folder.length + 1);
  if (speaksFor(source.complete, source.pattern, name)) return true;
  const versions = (await ports.files.of(source.name)).filter((version) => version.name === name);
  const known = versions.find((version) => version.etag === etag);
  if (known && (await settledBy(ports, source.name, [known]))(known)) return false;
  // Events come late and shuffled: what is known of a later version stays.
  const later = versions.some((version) => version.etag !== etag && Date.parse(version.modified) > at.getTime());
  if (!later && known?.sha256 == null)
    await ports.files.put([arrived(source.name, name, etag, bytes, at, ports.now())]);
  return true;
}

const arrived = (source: string, name: string, etag: string, bytes: string, at: Date, now: Date): SeenFile => ({
  source,
  name,
  bytes,
  modified: at.toISOString(),
  etag,
  sha256: null,
  kept: null,
  outcome: 'waiting',
  reason: 'it has arrived',
  announced: true,
  first: now.toISOString(),
  last: now.toISOString(),
});
