import type { TypedData } from '../core/contract';

type Nullable = Record<string, { value: string }>;
const nullable = (entries: Iterable<readonly [string, string]>): Nullable => {
  const result: Nullable = {};
  for (const [key, value] of entries) {
    const present = result[key];
    result[key] = { value: present === undefined ? value : `${present.value},${value}` };
  }
  return result;
};

/** Largest request body in bytes. https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger#limits */
export const LARGEST_BODY = 100 * 1024 * 1024;

/** An HTTP request as the host hands it to the library. */
export function requestData(request: Request, params: Record<string, string>, body: Uint8Array): TypedData {
  return {
    http: {
      method: request.method,
      url: request.url,
      nullableHeaders: nullable(request.headers.entries()),
      nullableQuery: nullable(new URL(request.url).searchParams.entries()),
      nullableParams: nullable(Object.entries(params)),
      body: { bytes: body },
    },
  };
}
