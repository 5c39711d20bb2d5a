import { operationId } from '../../shared/azure/mail';
import type { Letter, Mail } from '../../shared/ports/mail';

/** A mail service in memory: `taken` holds what was handed over, each operation once. */
export function fakeMail(): Mail & { readonly taken: Letter[] } {
  const operations = new Set<string>();
  const taken: Letter[] = [];
  return {
    taken,
    async send(letter, key) {
      const id = operationId(key);
      if (!operations.has(id)) taken.push(letter);
      operations.add(id);
      return id;
    },
  };
}
