import type { Instance } from '../model';
import { runtimeStatus } from './status';

/** Instances chosen by the query of a list or purge call. */
export function chosenBy(query: URLSearchParams): (instance: Instance) => boolean {
  const time = (name: string): number | undefined => {
    const text = query.get(name);
    return text === null || text === '' ? undefined : Date.parse(text);
  };
  const [from, to] = [time('createdTimeFrom'), time('createdTimeTo')];
  const statuses = (query.get('runtimeStatus') ?? '').split(',').filter((status) => status !== '');
  const prefix = query.get('instanceIdPrefix') ?? '';
  return (instance) => {
    const created = Date.parse(instance.createdAt);
    return (
      (from === undefined || created >= from) &&
      (to === undefined || created <= to) &&
      (statuses.length === 0 || statuses.includes(runtimeStatus(instance))) &&
      instance.id.startsWith(prefix)
    );
  };
}
