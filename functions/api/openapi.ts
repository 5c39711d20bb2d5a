import { z } from 'zod';
import { ProblemBody } from '../../shared/contracts/api';
import type { Route } from '../route';

const content = (schema: z.ZodType, type = 'application/json') => ({
  [type]: { schema: z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) },
});

const operation = ({ name, path, role, takes, answers }: Route) => ({
  operationId: name,
  description: role === null ? 'For everybody.' : `Needs the role ${role}.`,
  security: role === null ? [] : [{ entra: [] }, { developmentKey: [] }],
  parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => ({
    name: parameter,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  })),
  ...(takes && { requestBody: { content: content(takes) } }),
  responses: {
    default: { description: 'A problem.', content: content(ProblemBody, 'application/problem+json') },
    '2XX': { description: 'As asked.', ...(answers && { content: content(answers) }) },
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
