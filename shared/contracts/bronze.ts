import { z } from 'zod';
import { Count } from './ids';

/** A file of bronze that is not what it was when its window landed, or a manifest that silver does not go with. */
export const BrokenFile = z.strictObject({
  window: z.string().describe('its number, behind the name of its lane where it has one'),
  file: z.string().describe('path in the bronze container'),
  fault: z.string(),
});

/** How bronze stands behind silver: of each committed window, what landed and what silver took in. */
export const BronzeCheck = z.strictObject({
  windows: Count,
  files: Count,
  landed: Count.describe('rows, as the manifests say'),
  taken: Count.describe('rows that silver says it took in: merged, duplicates and quarantined, or kept out: erased'),
  unread: Count.describe('files that were written again since they landed, and are too many bytes to be read'),
  broken: Count,
  faults: z.array(BrokenFile).describe('some of them'),
});

export type BrokenFile = z.infer<typeof BrokenFile>;
export type BronzeCheck = z.infer<typeof BronzeCheck>;
