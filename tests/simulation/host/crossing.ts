import type { Place } from '../world/faults';
import { LATE_MS, type Outside } from '../world/outside';

/** One call of the app to the outside: it takes its time, its effect happens at one instant, and it may go wrong. */
export type Cross = <T>(place: Place, effect: () => T | Promise<T>) => Promise<T>;

/** What a process knows of itself: whether it still runs, and how to die. */
export interface Process {
  readonly alive: () => boolean;
  readonly crash: () => void;
}

const never = <T>(): Promise<T> => new Promise(() => undefined);
const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const lost = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

export function crossing({ time, random, faults }: Outside, { alive, crash }: Process): Cross {
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      // A call of a process that has died meanwhile never comes back.
      time.after(ms, () => alive() && resolve());
    });
  const die = <T>(): Promise<T> => {
    crash();
    return never();
  };
  return async (place, effect) => {
    await pause(random.whole(1, 60));
    const fault = faults.strike(place);
    if (fault === 'refused') throw refused();
    if (fault === 'crash before') return die();
    const answer = await effect();
    if (fault === null) return answer;
    if (fault === 'crash after') return die();
    if (fault === 'lost') throw lost();
    if (fault === 'late') await pause(LATE_MS);
    return fault === 'echo' ? effect() : answer;
  };
}
