import type { EventGridEvent, InvocationContext } from '@azure/functions';
import { z } from 'zod';
import type { Catalog } from '../../shared/contracts/catalog';
import { matches } from '../../shared/files/match';
import { runId } from '../../shared/runs/id';
import type { Services } from '../services';

const SUBJECT = /^\/blobServices\/default\/containers\/landing\/blobs\/(?<path>.+)$/;
const Created = z.object({
  eventType: z.literal('Microsoft.Storage.BlobCreated'),
  eventTime: z.iso.datetime(),
  subject: z.string().regex(SUBJECT),
  data: z.object({ eTag: z.string() }),
});

/** A file that arrived, as the event tells it: a hint, since what is in landing is looked up when the run reads it. */
export interface Arrival {
  readonly path: string;
  readonly etag: string;
  readonly at: Date;
}

/** The arrival that an event announces, or null when it is about something else. */
export function arrivalFrom(event: unknown): Arrival | null {
  const created = Created.safeParse(event);
  if (!created.success) return null;
  const path = SUBJECT.exec(created.data.subject)?.groups?.['path'];
  return path ? { path, etag: created.data.data.eTag, at: new Date(created.data.eventTime) } : null;
}

/** The sources that read such a file. */
export const sourcesOf = ({ sources }: Catalog, path: string): string[] =>
  sources.flatMap((source) =>
    source.kind === 'blob' &&
    path.startsWith(`${source.folder}/`) &&
    matches(source.pattern, path.slice(source.folder.length + 1))
      ? [source.name]
      : [],
  );

/** A file in landing starts a run of its source; the same event again is the same run. */
export const onBlob =
  (services: Services) =>
  async (event: EventGridEvent, context: InvocationContext): Promise<void> => {
    const arrival = arrivalFrom(event);
    if (!arrival) return context.warn(`not an arrival in landing: ${event.eventType} ${event.subject}`);
    const catalog = await services.catalog();
    const sources = sourcesOf(catalog, arrival.path);
    if (sources.length === 0) return context.warn(`no source reads ${arrival.path}`);
    const { path, etag } = arrival;
    const run = runId(arrival.at, `${path}|${etag}`);
    await services.start(context, { run, catalog, sources, trigger: { kind: 'blob', path, etag } });
  };
