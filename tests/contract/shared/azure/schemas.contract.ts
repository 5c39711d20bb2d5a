import { expect, test } from 'vitest';
import type { SourceSchema } from '../../../../shared/contracts/schema';
import type { Schemas } from '../../../../shared/ports/schemas';

const schema = (source: string, width: number): SourceSchema => ({
  source,
  columns: Array.from({ length: width }, (_, at) => ({ name: `column ${at} é`, type: "enum('a','b')" })),
  absent: ['gone'],
  window: '12345678901234567890',
  at: '2026-11-22T18:15:00.000Z',
  by: 'eva',
});

/** What every store of schemas promises; each test gets an empty one. */
export function schemasContract(make: () => Promise<Schemas>): void {
  test('the last schema that was put is the current one, for each source by itself, however wide', async () => {
    const schemas = await make();
    expect(await schemas.get('users')).toBeNull();
    await schemas.put(schema('users', 1));
    await schemas.put(schema('orders', 1000));
    await schemas.put(schema('users', 3));
    expect(await schemas.get('users')).toEqual(schema('users', 3));
    expect(await schemas.get('orders')).toEqual(schema('orders', 1000));
  });
}
