import type { SourceSchema } from '../../shared/contracts/schema';
import type { Schemas } from '../../shared/ports/schemas';

/** Schemas in memory. */
export function fakeSchemas(): Schemas {
  const held = new Map<string, SourceSchema>();
  return {
    get: async (source) => held.get(source) ?? null,
    put: async (schema) => {
      held.set(schema.source, schema);
    },
  };
}
