import type { z } from 'zod';
import { plus1 } from '../../contracts/counts';
import { Instant } from '../../contracts/ids';
import { Place } from '../../contracts/schedule';
import { fromChunks, toChunks } from './chunks';
import { patiently } from './patiently';
import type { Change, Row, Table } from './table';

const KEY = 'line';
const Taken = Place.extend({ until: Instant });
type Taken = z.infer<typeof Taken>;

/** The line of a source has one place, in a row of its own: whoever waits there, and those who joined it, do not slow the lease down. */
export function lines(table: Table, now: () => Date) {
  const taken = (row: Row | null): Taken | null => {
    if (row === null || row.values['run'] === '') return null;
    const place = Taken.parse(fromChunks(row.values));
    return Date.parse(place.until) > now().getTime() ? place : null;
  };
  const written = (row: Row | null, place: Taken): Change => {
    const values = { run: place.run, ...toChunks(place) };
    return row ? { do: 'replace', key: KEY, etag: row.etag, values } : { do: 'insert', key: KEY, values };
  };
  const emptied = (row: Row): Change => ({ do: 'replace', key: KEY, etag: row.etag, values: { run: '' } });

  return {
    queue: (source: string, run: string, seconds: number): Promise<Place> =>
      patiently(source, async () => {
        const row = await table.get(source, KEY);
        const place = taken(row);
        const at = now();
        const until = new Date(at.getTime() + seconds * 1000).toISOString();
        const instant = at.toISOString();
        const next: Taken =
          place === null
            ? { run, since: instant, last: instant, joined: '0', until }
            : place.run === run
              ? { ...place, until }
              : { ...place, last: instant, joined: plus1(place.joined) };
        return (await table.change(source, [written(row, next)])) ? shown(next) : null;
      }),

    waiting: async (source: string): Promise<Place | null> => {
      const place = taken(await table.get(source, KEY));
      return place && shown(place);
    },

    leave: async (source: string, run: string): Promise<void> => {
      await patiently(source, async () => {
        const row = await table.get(source, KEY);
        if (row?.values['run'] !== run) return true;
        return (await table.change(source, [emptied(row)])) || null;
      });
    },

    /** What empties the place of a run; nothing when it has none. */
    async out(source: string, run: string): Promise<Change[]> {
      const row = await table.get(source, KEY);
      return row?.values['run'] === run ? [emptied(row)] : [];
    },
  };
}

const shown = ({ until: _, ...place }: Taken): Place => place;
