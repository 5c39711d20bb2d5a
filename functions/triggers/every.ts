import type { Ports } from '../../shared/ports/ports';

/**
 * Goes a round once in so many milliseconds, however often the heartbeat comes by; one that dies is gone again.
 * @param name under which its served ticks are kept
 */
export async function every(
  { catalogs, now }: Ports,
  name: string,
  ms: number,
  round: (tick: string) => Promise<void>,
): Promise<void> {
  const tick = new Date(Math.floor(now().getTime() / ms) * ms).toISOString();
  const served = await catalogs.servedTick(name);
  if (served !== null && served >= tick) return;
  await round(tick);
  await catalogs.serveTick(name, tick);
}
