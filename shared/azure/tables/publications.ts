import { z } from 'zod';
import type { Publications } from '../../ports/publications';
import { fromChunks, toChunks } from './chunks';
import { keyPart } from './keys';
import type { Table } from './table';

const PARTITION = 'publications';
const Publication = z.strictObject({
  dataset: z.string(),
  run: z.string(),
  rows: z.string(),
  published: z.string(),
  exported: z.string(),
  at: z.string(),
  inputs: z.record(z.string(), z.string()).default({}),
});

/** One row a dataset: which of its published forms is the current one. */
export const tablePublications = (table: Table): Publications => ({
  async get(dataset) {
    const row = await table.get(PARTITION, keyPart(dataset));
    return row && Publication.parse(fromChunks(row.values));
  },
  async put(publication) {
    await table.change(PARTITION, [
      { do: 'put', key: keyPart(publication.dataset), values: toChunks(Publication.parse(publication)) },
    ]);
  },
});
