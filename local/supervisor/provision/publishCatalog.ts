import { readFile } from 'node:fs/promises';
import { type Stack, urlOf } from '../stack';

/** Publishes the catalog that a new stack begins with, unless one is there: what a person has published stays. */
export async function publishCatalog(stack: Stack): Promise<void> {
  const url = `${urlOf(stack, 'host')}/api/v1/catalog`;
  const headers = { 'x-functions-key': stack.secrets.apiKey };
  const there = await fetch(url, { headers });
  if (there.ok) return;
  const refusal = await there.text();
  if (!refusal.includes('CATALOG_ABSENT')) throw new Error(`GET ${url} answered ${there.status}: ${refusal}`);
  const body = await readFile(stack.layout.catalog, 'utf8');
  const answer = await fetch(url, { method: 'POST', body, headers: { ...headers, 'content-type': 'text/yaml' } });
  if (!answer.ok) throw new Error(`${stack.layout.catalog} was refused with ${answer.status}: ${await answer.text()}`);
}
