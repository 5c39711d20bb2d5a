import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContainers } from '../../local/supervisor/provision/createContainers';
import { deployer } from '../../local/supervisor/provision/deployer';
import { deployFactory } from '../../local/supervisor/provision/deployFactory';
import { lakeUrl, type Stack, urlOf } from '../../local/supervisor/stack';
import { parseCatalog } from '../../shared/catalog/parse';
import type { Catalog } from '../../shared/contracts/catalog';
import { Window } from '../../shared/contracts/window';
import { copyRequest, type PipelineRequest } from '../../shared/sources/copyRequest';
import { pipelines } from '../stack/pipelines';

/** A whole table into bronze, by the request that the product makes of its factory. */
export interface Copied {
  /** The whole pipeline: read point, columns, count and copy. */
  readonly pipelineSeconds: number;
  /** The Copy activity alone. */
  readonly copySeconds: number;
  /** Glob of the files. */
  readonly files: string;
}

const SECRET = 'mysql-password';

/** Brings lake, vault and factory to where a deployment would leave them; answers how to copy a table. */
export async function tidemark(stack: Stack): Promise<(table: string, attempt: number) => Promise<Copied>> {
  const as = deployer(stack);
  await createContainers(stack, as);
  await deployFactory(stack, as);
  await as.send('https://vault.azure.net', `${urlOf(stack, 'vault')}/secrets/${SECRET}?api-version=7.6`, {
    method: 'PUT',
    body: JSON.stringify({ value: stack.secrets.readerPassword }),
    headers: { 'content-type': 'application/json' },
  });
  const run = await pipelines(stack);
  return async (table, attempt) => {
    const { pipeline, parameters } = requestFor(stack, table, attempt);
    const ran = await run(pipeline, { ...parameters, runKey: `bench:${table}:${attempt}` });
    return {
      pipelineSeconds: ran.seconds,
      copySeconds: ran.activities.get('Copy rows') ?? Number.NaN,
      files: join(stack.layout.lake, 'bronze', String(parameters['folder']), '*.parquet'),
    };
  };
}

/** The shop's catalog, as it lies in the project. */
export function catalogOf(stack: Stack): Catalog {
  const parsed = parseCatalog(readFileSync(join(stack.layout.root, 'catalog/shop.yaml'), 'utf8'));
  if (parsed.kind === 'faults') throw new Error('catalog/shop.yaml is not valid: ./tidemark validate says why');
  return { version: '1', ...parsed.content };
}

function requestFor(stack: Stack, table: string, attempt: number): PipelineRequest {
  const shop = catalogOf(stack);
  const sources = shop.sources.map((one) => (one.kind === 'mysql' ? { ...one, from: table, cursor: null } : one));
  const window = Window.parse({
    source: 'users',
    number: '1',
    state: 'planned',
    mode: 'snapshot',
    lower: null,
    upper: null,
    attempt: String(attempt),
    run: `20260101T000000-${String(attempt).padStart(8, '0').slice(-8)}`,
    catalog: '1',
    account: null,
    manifest: null,
    problem: null,
    changed: new Date().toISOString(),
  });
  const connection = () => ({ host: '127.0.0.1', port: stack.ports.mysql, username: 'etl' });
  const places = { lakeUrl: lakeUrl(stack), vaultUrl: urlOf(stack, 'vault'), connection };
  return copyRequest({ ...shop, sources }, window, places);
}
