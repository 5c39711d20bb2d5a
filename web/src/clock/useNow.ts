import { useEffect, useState } from 'preact/hooks';
import { clock } from './clock';

/** The server's time, fresh each second; a stopped one (`ticking` false) costs nothing. */
export function useNow(ticking = true): number {
  const [now, setNow] = useState(clock.now);
  useEffect(() => {
    setNow(clock.now());
    return ticking ? clock.watch(() => setNow(clock.now())) : undefined;
  }, [ticking]);
  return now;
}
