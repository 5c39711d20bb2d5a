import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Catalog } from '../../shared/contracts/catalog';

test('the JSON Schema that editors use is the one that the catalog is checked with', async () => {
  const schema = z.toJSONSchema(Catalog.omit({ version: true }), { io: 'input' });
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    join(__dirname, '../../catalog/catalog.schema.json'),
  );
});
