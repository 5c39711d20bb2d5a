import { z } from 'zod';
import { Count } from '../../contracts/ids';
import { isNewer } from '../../gold/newer';
import type { Publications } from '../../ports/publications';
import { fromChunks, toChunks } from './chunks';
import { keyPart } from './keys';
import { patiently } from './patiently';
import type { Table } from './table';

const PARTITION = 'publications';
const Publication = z.strictObject({
  dataset: z.string(),
  run: z.string(),
  serial: Count.default('0'),
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
  put(publication) {
    const key = keyPart(publication.dataset);
    const values = toChunks(Publication.parse(publication));
    return patiently(`publications of ${publication.dataset}`, async () => {
      const row = await table.get(PARTITION, key);
      const current = row && Publication.parse(fromChunks(row.values));
      if (current && isNewer(current.serial, publication.serial)) return current;
      const change = row ? { do: 'replace' as const, etag: row.etag } : { do: 'insert' as const };
      return (await table.change(PARTITION, [{ ...change, key, values }])) ? publication : null;
    });
  },
});
