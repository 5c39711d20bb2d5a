import { readFileSync } from 'node:fs';
import { CatalogFaults, CatalogView } from '../../shared/contracts/api';
import { api, refusal } from '../api';
import { exits, Fault } from '../fault';

const USUAL = 'catalog/shop.yaml';

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const why = `${file} cannot be read: ${(cause as Error).message}`;
    throw new Fault(exits.usage, 'USAGE', why, 'Name the catalog file.', { cause });
  }
}

/** Sends the text as it is. Faults are printed as file:line:column, what, and the cure. */
async function submit(path: string, file: string): Promise<string | null> {
  const { status, text } = await api().raw(path, { method: 'POST', body: read(file), type: 'text/yaml' });
  if (status >= 200 && status < 300) return text;
  const faults = status === 422 ? CatalogFaults.safeParse(JSON.parse(text)) : null;
  if (!faults?.success) throw refusal(status, text);
  for (const { line, column, what, cure } of faults.data.faults) {
    process.stderr.write(`${file}:${line}:${column}: ${what}\n  Cure: ${cure}\n`);
  }
  const count = faults.data.faults.length;
  process.stderr.write(`${count} ${count === 1 ? 'fault' : 'faults'} in ${file}.\n`);
  return null;
}

/** Checks a catalog file without publishing it. */
export async function validate(file = USUAL): Promise<number> {
  if ((await submit('/catalog/validate', file)) === null) return exits.config;
  process.stdout.write(`${file} is valid.\n`);
  return exits.ok;
}

/** Publishes a catalog file as the next version. */
export async function publish(file = USUAL, options: { reason?: string } = {}): Promise<number> {
  const why = options.reason ? `?reason=${encodeURIComponent(options.reason)}` : '';
  const text = await submit(`/catalog${why}`, file);
  if (text === null) return exits.config;
  const { version, shop } = CatalogView.parse(JSON.parse(text));
  process.stdout.write(`Catalog ${shop} is published as version ${version}.\n`);
  return exits.ok;
}
