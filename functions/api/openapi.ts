import { z } from 'zod';
import { ProblemBody } from '../../shared/contracts/api';
import type { Route } from '../route';

/** `input` is what a caller may send, where what has a default may be left out; `output` what is answered. */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any' });

const content = (schema: z.ZodType, type = 'application/json') => ({ [type]: { schema: schemaOf(schema, 'output') } });

const inPath = (path: string) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

const inQuery = (query: z.ZodObject) => {
  const { properties = {}, required = [] } = schemaOf(query, 'input');
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
};

/** Of what people change; `audited` keeps account of it. */
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'the same key again is the same request; with another request it is refused',
  schema: { type: 'string' },
};

function bodyOf({ takes, takesText }: Route) {
  if (takes) return { requestBody: { content: { 'application/json': { schema: schemaOf(takes, 'input') } } } };
  if (takesText === undefined) return {};
  return { requestBody: { required: true, content: { [takesText]: { schema: { type: 'string' } } } } };
}

const changes = ({ method, role }: Route): boolean => method === 'POST' && role !== 'Reader';

const operation = (route: Route) => ({
  operationId: route.name,
  description: route.role === null ? 'For everybody.' : `Needs the role ${route.role}.`,
  security: route.role === null ? [] : [{ entra: [] }, { developmentKey: [] }],
  parameters: [
    ...inPath(route.path),
    ...(route.query ? inQuery(route.query) : []),
    ...(changes(route) ? [IDEMPOTENCY_KEY] : []),
  ],
  ...bodyOf(route),
  responses: {
    default: { description: 'A problem.', content: content(ProblemBody, 'application/problem+json') },
    '2XX': { description: 'As asked.', ...(route.answers && { content: content(route.answers) }) },
  },
});

/** The API's description, derived from the very schemas that its handlers check. */
export function openApi(routes: readonly Route[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = `/api/v1/${route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tidemark', version: '1' },
    paths,
    components: {
      securitySchemes: {
        entra: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        developmentKey: { type: 'apiKey', in: 'header', name: 'x-functions-key' },
      },
    },
  };
}
