import { SourceSchema } from '../../contracts/schema';
import type { Schemas } from '../../ports/schemas';
import { fromChunks, toChunks } from './chunks';
import { keyPart } from './keys';
import type { Table } from './table';

const PARTITION = 'schemas';

/** One row a source. */
export const tableSchemas = (table: Table): Schemas => ({
  async get(source) {
    const row = await table.get(PARTITION, keyPart(source));
    return row && SourceSchema.parse(fromChunks(row.values));
  },
  async put(schema) {
    const values = toChunks(SourceSchema.parse(schema));
    await table.change(PARTITION, [{ do: 'put', key: keyPart(schema.source), values }]);
  },
});
