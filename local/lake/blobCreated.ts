import { randomUUID } from 'node:crypto';
import type { Node } from './node';
import type { Target } from './target';

let lastSequence = 0;
/** Sequencers of one path sort as text in the order of its commits. */
const sequencer = (): string => {
  lastSequence = Math.max(Date.now() * 1000, lastSequence + 1);
  return lastSequence.toString(16).padStart(48, '0');
};

/** Where the events of an account come from. */
export interface Origin {
  readonly topic: string;
  /** Base of the blob URLs, with the account segment. */
  readonly url: string;
}

/**
 * A `Microsoft.Storage.BlobCreated` event in the Event Grid schema.
 * https://learn.microsoft.com/azure/event-grid/event-schema-blob-storage
 */
export const blobCreated = (
  { topic, url }: Origin,
  api: 'FlushWithClose' | 'PutBlob',
  { container, path }: Target,
  node: Node,
) => ({
  id: randomUUID(),
  topic,
  subject: `/blobServices/default/containers/${container}/blobs/${path}`,
  eventType: 'Microsoft.Storage.BlobCreated',
  eventTime: new Date().toISOString(),
  dataVersion: '2',
  metadataVersion: '1',
  data: {
    api,
    requestId: randomUUID(),
    eTag: node.etag.replaceAll('"', ''),
    contentType: node.meta.contentType ?? 'application/octet-stream',
    contentLength: node.size,
    contentOffset: 0,
    blobType: 'BlockBlob',
    url: `${url}/${container}/${path.split('/').map(encodeURIComponent).join('/')}`,
    sequencer: sequencer(),
    storageDiagnostics: { batchId: randomUUID() },
  },
});
