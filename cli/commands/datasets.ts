import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DatasetList, Rows } from '../../shared/contracts/api';
import { type Api, api } from '../api';
import { exits, Fault } from '../fault';
import { freshText } from '../freshText';
import { formatOf, printList } from '../print';

/** Lists the gold datasets with what is published of them. */
export async function datasets(options: { output: string }): Promise<number> {
  const format = formatOf(options.output);
  const { datasets: all } = await api().read('/datasets', DatasetList);
  printList(format, all, [
    ['dataset', ({ dataset }) => dataset.name],
    ['rows', ({ rows }) => rows],
    ['published', ({ at }) => at ?? 'never'],
    ['fresh', ({ freshness }) => freshText(freshness)],
    ['run', ({ run }) => run ?? ''],
    ['file', ({ dataset }) => dataset.file],
  ]);
  return exits.ok;
}

/** Shows the first rows of a dataset as published. */
export async function rows(name: string, options: { limit: string; output: string }): Promise<number> {
  const format = formatOf(options.output);
  const path = `/datasets/${encodeURIComponent(name)}/rows?limit=${encodeURIComponent(options.limit)}`;
  const page = await api().read(path, Rows);
  if (format === 'json') process.stdout.write(`${JSON.stringify(page, null, 2)}\n`);
  else
    printList(
      format,
      page.rows,
      page.columns.map((title, at) => [title, (row) => row[at] ?? ''] as const),
    );
  return exits.ok;
}

export interface ExportOptions {
  readonly out: string;
  readonly dataset: string[];
  readonly format: string;
}

/** Writes the published datasets into a folder, each whole or not at all. */
export async function exportDatasets({ out, dataset, format }: ExportOptions): Promise<number> {
  if (format !== 'csv' && format !== 'parquet') {
    throw new Fault(exits.usage, 'USAGE', `There is no export format ${format}.`, 'Use --format csv or parquet.');
  }
  const client = api();
  const names = dataset.length > 0 ? dataset : await published(client);
  if (names.length === 0) {
    throw new Fault(exits.failedRun, 'NOTHING_PUBLISHED', 'No dataset is published yet.', 'Run `tidemark run --wait`.');
  }
  await mkdir(out, { recursive: true });
  for (const name of names) process.stdout.write(`${await fetchOne(client, name, format, out)}\n`);
  return exits.ok;
}

async function published(client: Api): Promise<string[]> {
  const { datasets: all } = await client.read('/datasets', DatasetList);
  return all.filter((one) => one.published !== null).map((one) => one.dataset.name);
}

async function fetchOne(client: Api, name: string, format: string, out: string): Promise<string> {
  const path = `/datasets/${encodeURIComponent(name)}/export?format=${format}`;
  const answer = await client.stream(path, { accept: '*/*' });
  const file = join(out, fileName(answer.headers['content-disposition'] ?? '') ?? `${name}.${format}`);
  try {
    await pipeline(answer, createWriteStream(`${file}.part`));
  } catch (cause) {
    await rm(`${file}.part`, { force: true });
    const why = `The export of ${name} broke off: ${(cause as Error).message}`;
    throw new Fault(exits.dependency, 'EXPORT_CUT', why, 'Try again; nothing was written.', { cause });
  }
  await rename(`${file}.part`, file);
  return file;
}

/** The bare name that a Content-Disposition header gives; folders in it are dropped, so nothing lands outside. */
export function fileName(disposition: string): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  const name = basename((encoded === undefined ? plain : decodeURIComponent(encoded))?.replaceAll('\\', '/') ?? '');
  return name === '' || name === '.' || name === '..' ? undefined : name;
}
