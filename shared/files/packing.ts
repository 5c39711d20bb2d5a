import type { CsvFormat } from '../contracts/catalog';

export type Packing = 'none' | 'gzip' | 'zip';

/** How a file is packed: as its source declares, or as its name says. */
export function packingOf({ compression }: CsvFormat, name: string): Packing {
  if (compression !== 'auto') return compression;
  if (/\.gz$/i.test(name)) return 'gzip';
  return /\.zip$/i.test(name) ? 'zip' : 'none';
}

/** The name that Data Factory has for it. */
export const codecOf: Readonly<Record<Packing, string>> = { none: 'none', gzip: 'gzip', zip: 'ZipDeflate' };
