/** The pause that a Retry-After asks for, in milliseconds from now; null where it is absent or says nothing. */
export function retryAfter(header: string | null | undefined, now: number): number | null {
  if (header == null || header.trim() === '') return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? null : Math.max(ms, 0);
}
