import type { HttpResponseInit } from '@azure/functions';
import { z } from 'zod';
import { parquetText } from '../../activities/parquet';
import { DatasetList, Rows } from '../../shared/contracts/api';
import type { Dataset } from '../../shared/contracts/catalog';
import { Count } from '../../shared/contracts/ids';
import type { Publication } from '../../shared/ports/publications';
import { datasetAges } from '../freshness';
import { type Call, json, notFound, parameter, queryOf, type Route } from '../route';

const listDatasets: Route = {
  name: 'listDatasets',
  method: 'GET',
  path: 'datasets',
  role: 'Reader',
  answers: DatasetList,
  handle: async ({ services: { catalog, ports } }) => {
    const ages = await datasetAges(ports, await catalog());
    const datasets = ages.map(({ dataset, form, freshness }) => ({
      dataset,
      published: form?.published ?? null,
      rows: form?.rows ?? '0',
      run: form?.run ?? null,
      at: form?.at ?? null,
      freshness,
    }));
    return json(DatasetList, { datasets });
  },
};

const published = async ({ request, services }: Call): Promise<{ dataset: Dataset; publication: Publication }> => {
  const name = parameter(request, 'dataset');
  const dataset = (await services.catalog()).datasets.find((known) => known.name === name);
  const publication = dataset && (await services.ports.publications.get(name));
  if (!dataset || !publication) throw notFound(dataset ? `published form of ${name}` : `dataset ${name}`);
  return { dataset, publication };
};

const Page = z.object({ limit: z.coerce.number().int().min(1).max(10_000).default(100), after: Count.default('0') });

const listRows: Route = {
  name: 'listRows',
  method: 'GET',
  path: 'datasets/{dataset}/rows',
  role: 'Reader',
  query: Page,
  answers: Rows,
  handle: async (call) => {
    const { publication } = await published(call);
    const { limit, after } = queryOf(call.request, Page);
    const from = Number(after);
    const { lake } = call.services.ports;
    const folder = publication.published.slice(0, publication.published.lastIndexOf('/'));
    const file = (await lake.list('gold', folder)).find(({ path }) => path === publication.published);
    if (!file) throw notFound(`file of ${publication.dataset}`);
    const table = await parquetText(lake, 'gold', file.path, Number(file.bytes), from, from + limit);
    const next = from + table.rows.length < Number(publication.rows) ? String(from + table.rows.length) : null;
    return json(Rows, { columns: [...table.columns], rows: table.rows.map((row) => [...row]), next });
  },
};

const Format = z.object({ format: z.enum(['csv', 'parquet']).default('csv') });

const exportDataset: Route = {
  name: 'exportDataset',
  method: 'GET',
  path: 'datasets/{dataset}/export',
  query: Format,
  role: 'Reader',
  handle: async (call): Promise<HttpResponseInit> => {
    const { dataset, publication } = await published(call);
    const { format } = queryOf(call.request, Format);
    const path = publication.exported.replace(/\.csv$/, `.${format}`);
    const body = await call.services.ports.lake.stream('exports', path);
    if (!body) throw notFound(`export of ${dataset.name}`);
    const file = encodeURIComponent(dataset.file.replace(/\.csv$/, `.${format}`));
    return {
      body,
      headers: {
        'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.apache.parquet',
        'content-disposition': `attachment; filename*=UTF-8''${file}`,
      },
    };
  },
};

export const datasetRoutes: readonly Route[] = [listDatasets, listRows, exportDataset];
