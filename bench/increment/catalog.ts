import { readFileSync } from 'node:fs';
import { parseCatalog } from '../../shared/catalog/parse';

/** The shop's catalog with one source and one silver table a size, each like `users`, and nothing that follows them. */
export function catalogOf(shopYaml: string, tables: readonly string[]): string {
  const parsed = parseCatalog(readFileSync(shopYaml, 'utf8'));
  if (parsed.kind === 'faults') throw new Error(`${shopYaml} is not valid: ./tidemark validate says why`);
  const { content } = parsed;
  const [source, table] = [content.sources, content.tables].map((list) => list.find(({ name }) => name === 'users'));
  return JSON.stringify({
    ...content,
    sources: tables.map((name) => ({ ...source, name, from: name, table: name })),
    tables: tables.map((name) => ({ ...table, name })),
    datasets: [],
    schedules: [],
  });
}
