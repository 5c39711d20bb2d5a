import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCatalog } from '../../shared/catalog/parse';
import type { Catalog } from '../../shared/contracts/catalog';

export const shopYaml = (): string => readFileSync(join(__dirname, '../../catalog/shop.yaml'), 'utf8');

/** The shipped catalog, compiled. */
export function shopCatalog(): Catalog {
  const parsed = parseCatalog(shopYaml());
  if (parsed.kind === 'faults') throw new Error(JSON.stringify(parsed.faults[0]));
  return { ...parsed.content, version: '1' };
}
