import { z } from 'zod';
import type { TypedData } from '../core/contract';

const wrapped = <T extends z.ZodType>(value: T) => z.object({ value }).nullish();
const Cookie = z.object({
  name: z.string(),
  value: z.string(),
  domain: wrapped(z.string()),
  path: wrapped(z.string()),
  expires: wrapped(z.object({ seconds: z.number() })),
  secure: wrapped(z.boolean()),
  httpOnly: wrapped(z.boolean()),
  maxAge: wrapped(z.number()),
  sameSite: z.enum(['none', 'lax', 'strict', 'explicitNone']).nullish(),
});
const HttpData = z.object({
  statusCode: z.string().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  cookies: z.array(Cookie).default([]),
  body: z.object({ bytes: z.instanceof(Uint8Array).optional(), string: z.string().optional() }).nullish(),
});

const SAME_SITE = { lax: 'Lax', strict: 'Strict', explicitNone: 'None' } as const;

/** Set-Cookie text the way ASP.NET writes it: `Path=/` when absent, the value percent-encoded. */
export function cookieText(cookie: z.infer<typeof Cookie>): string {
  const parts = [`${cookie.name}=${encodeURIComponent(cookie.value)}`];
  if (cookie.expires != null) parts.push(`expires=${new Date(cookie.expires.value.seconds * 1000).toUTCString()}`);
  if (cookie.maxAge != null) parts.push(`max-age=${cookie.maxAge.value}`);
  if (cookie.domain != null) parts.push(`domain=${cookie.domain.value}`);
  parts.push(`path=${cookie.path?.value ?? '/'}`);
  if (cookie.secure?.value === true) parts.push('secure');
  if (cookie.sameSite != null && cookie.sameSite !== 'none') parts.push(`samesite=${SAME_SITE[cookie.sameSite]}`);
  if (cookie.httpOnly?.value === true) parts.push('httponly');
  return parts.join('; ');
}

const WITHOUT_BODY = new Set([101, 204, 205, 304]);

/** The library's answer as a response; a handler that returned nothing answers 204. */
export function responseOf(value: TypedData | null | undefined): Response {
  if (value?.http === undefined) return new Response(null, { status: 204 });
  const { statusCode, headers, cookies, body } = HttpData.parse(value.http);
  const status = Number(statusCode ?? 200);
  const sent = new Headers(headers);
  for (const cookie of cookies) sent.append('set-cookie', cookieText(cookie));
  const content = body?.bytes ?? body?.string;
  // The copy gives the bytes an ArrayBuffer of their own, which is what Response accepts.
  const payload = typeof content === 'string' ? content : content === undefined ? null : new Uint8Array(content);
  return new Response(WITHOUT_BODY.has(status) ? null : payload, { status, headers: sent });
}
