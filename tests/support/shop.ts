import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCatalog } from '../../shared/catalog/parse';
import type { Catalog } from '../../shared/contracts/catalog';

export const shopYaml = (): string => readFileSync(join(__dirname, '../../catalog/shop.yaml'), 'utf8');

/** The same without a schedule: nothing runs but what a test starts, whatever the clock says. */
export function quietYaml(): string {
  const changes: [RegExp, string][] = [
    [/^schedules:\n(?: {2}- .*\n)+/m, 'schedules: []\n'],
    [/^ {4}schedule: \{.*\},\n/m, '    schedule: null,\n'],
  ];
  return changes.reduce((yaml, [from, to]) => {
    if (!from.test(yaml)) throw new Error(`catalog/shop.yaml has nothing like ${from} any more`);
    return yaml.replace(from, to);
  }, shopYaml());
}

/** The shipped catalog, compiled. */
export function shopCatalog(): Catalog {
  const parsed = parseCatalog(shopYaml());
  if (parsed.kind === 'faults') throw new Error(JSON.stringify(parsed.faults[0]));
  return { ...parsed.content, version: '1' };
}
