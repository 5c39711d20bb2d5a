import type { HttpRequest, InvocationContext } from '@azure/functions';
import { routes } from '../../functions/api/all';
import { answer } from '../../functions/route';
import type { Services } from '../../functions/services';

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a body is what the test says it is
  readonly body: any;
}

const context = { error: () => undefined } as unknown as InvocationContext;

/** Calls routes of the API in process, as Ann with every right. */
export const caller =
  (services: Services) =>
  async (name: string, params: Record<string, string>, body?: unknown, key?: string): Promise<Answer> => {
    const route = routes.find((one) => one.name === name);
    if (!route) throw new Error(`there is no route ${name}`);
    const request = {
      headers: new Headers(key === undefined ? {} : { 'idempotency-key': key }),
      params,
      query: new URLSearchParams(params),
      text: async () => (typeof body === 'string' ? body : JSON.stringify(body ?? {})),
    } as unknown as HttpRequest;
    const access = async () => ({ actor: 'ann', role: 'Admin' }) as const;
    const { status = 200, jsonBody, body: text } = await answer(route, services, access)(request, context);
    return { status, body: jsonBody ?? JSON.parse(String(text)) };
  };
