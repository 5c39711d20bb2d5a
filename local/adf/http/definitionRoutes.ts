import type { Hono } from 'hono';
import { z } from 'zod';
import { faultsOf, type Kind } from '../definition/check';
import { referencesIn } from '../definition/references';
import type { Definitions, Stored } from '../store/definitions';
import { armError } from './armError';

const TYPES: Record<Kind, string> = {
  pipelines: 'Microsoft.DataFactory/factories/pipelines',
  datasets: 'Microsoft.DataFactory/factories/datasets',
  linkedservices: 'Microsoft.DataFactory/factories/linkedservices',
};
const Body = z.object({ properties: z.record(z.string(), z.unknown()) });

/** PUT, GET, DELETE and list of pipelines, data sets and linked services. */
export function definitionRoutes(app: Hono, base: string, definitions: Definitions): void {
  const exists = (kind: Kind, name: string) => definitions.get(kind, name) !== undefined;
  for (const kind of Object.keys(TYPES) as Kind[]) {
    const shown = (path: string, { name, etag, properties }: Stored) => ({
      id: `${path.slice(0, path.indexOf(`/${kind}`))}/${kind}/${name}`,
      name,
      type: TYPES[kind],
      properties,
      etag,
    });
    const absent = (name: string) => armError(404, 'EntityNotFound', `There is nothing called '${name}' in ${kind}.`);
    app.get(`${base}/${kind}`, (c) => c.json({ value: definitions.list(kind).map((one) => shown(c.req.path, one)) }));
    app.get(`${base}/${kind}/:name`, (c) => {
      const stored = definitions.get(kind, c.req.param('name') ?? '');
      return stored ? c.json(shown(c.req.path, stored)) : absent(c.req.param('name') ?? '');
    });
    app.put(`${base}/${kind}/:name`, async (c) => {
      const name = c.req.param('name') ?? '';
      const body = Body.safeParse(await c.req.json().catch(() => undefined));
      if (!body.success)
        return armError(400, 'BadRequest', `The body of '${name}' is no definition: ${z.prettifyError(body.error)}`);
      const match = c.req.header('if-match');
      if (match && match !== '*' && match.replaceAll('"', '') !== definitions.get(kind, name)?.etag)
        return armError(412, 'PreconditionFailed', `'${name}' has changed since it was read.`);
      const faults = faultsOf(kind, name, body.data.properties, exists);
      if (faults.length > 0) return armError(400, 'BadRequest', `'${name}' is refused: ${faults.join('; ')}`);
      return c.json(shown(c.req.path, await definitions.put(kind, name, body.data.properties)));
    });
    app.delete(`${base}/${kind}/:name`, async (c) => {
      const name = c.req.param('name') ?? '';
      const users = usersOf(definitions, kind, name);
      if (users.length > 0) return armError(400, 'BadRequest', `'${name}' is still referenced by ${users.join(', ')}.`);
      if (!exists(kind, name)) return new Response(null, { status: 204 });
      await definitions.remove(kind, name);
      return new Response(null, { status: 200 });
    });
  }
}

function usersOf(definitions: Definitions, kind: Kind, name: string): string[] {
  const wanted = {
    pipelines: 'PipelineReference',
    datasets: 'DatasetReference',
    linkedservices: 'LinkedServiceReference',
  }[kind];
  return (Object.keys(TYPES) as Kind[]).flatMap((other) =>
    definitions
      .list(other)
      .filter((one) => !(other === kind && one.name === name))
      .filter(({ properties }) => referencesIn(properties).some((ref) => ref.kind === wanted && ref.name === name))
      .map((one) => one.name),
  );
}
