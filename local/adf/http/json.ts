import { formatJson } from '../expression/json';
import { fromJs } from '../expression/value';

/** A JSON answer in which integers keep every digit. */
export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(formatJson(fromJs(body)), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });
