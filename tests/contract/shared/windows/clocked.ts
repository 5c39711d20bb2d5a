import type { Connection, RowDataPacket } from 'mysql2/promise';
import { MySqlSource, Table } from '../../../../shared/contracts/catalog';
import type { Reading } from '../../../../shared/contracts/cursor';
import type { Watermark, Window } from '../../../../shared/contracts/window';
import { mysqlCopied } from '../../../../shared/sources/copyOutput';
import { copyQuery, countQuery } from '../../../../shared/sources/sql/parts';
import { reachQueries } from '../../../../shared/sources/sql/readPoint';
import { following } from '../../../../shared/windows/following';
import { raised } from '../../../../shared/windows/moves';
import { nextOfTable } from '../../../support/nextOfTable';

export interface Taken {
  readonly window: Window;
  readonly reading: Reading;
  readonly keys: string[];
}

/**
 * A table of a real server under a clock that a test sets, read with the product's own queries and no pipeline around
 * them: hundreds of cases in the time of one.
 */
export function clockedTable(reader: Connection, name: string, cursor: object, windows: object = {}) {
  const source = MySqlSource.parse({
    name,
    kind: 'mysql',
    connection: 'db',
    table: name,
    from: name,
    cursor,
    windows,
    readPoint: { safetySeconds: 1 },
  });
  if (!source.cursor) throw new Error('a clocked table has a cursor');
  const { cursor: declared } = source;
  const table = Table.parse({ name, key: ['id'], columns: [{ name: 'id', type: 'text', pii: 'none' }] });
  const seen = new Map<string, number>();
  let watermark: Watermark | null = null;
  let runs = 0;

  const rows = async (sql: string): Promise<Record<string, string>[]> =>
    (await reader.query<RowDataPacket[]>(sql))[0] as Record<string, string>[];

  const take = async (window: Window): Promise<Taken> => {
    const earlier = watermark?.sighting ?? null;
    const queries = reachQueries({ source, cursor: declared, database: 'shop', window, earlier });
    const [sighting] = queries.sightingQuery === '' ? [] : await rows(queries.sightingQuery);
    // The look is long ago: SYSDATE() has the machine's clock, not the one that a test sets.
    const at = sighting ? '1970-01-02 00:00:00.000000' : '';
    const asked = queries.readPointQuery.replaceAll('{seen}', sighting?.['seen'] ?? '').replaceAll('{seen_at}', at);
    const [point] = await rows(asked);
    const span = point?.['span'] ?? '';
    const parts = await rows(countQuery(source, table, 'shop').replaceAll('{span}', span));
    const copies = await Promise.all(
      parts.map(({ within }) =>
        rows(`${copyQuery(source, table, 'shop', []).replaceAll('{span}', span)} AND ${within}`),
      ),
    );
    const keys = copies.flat().map(({ id }) => id ?? '');
    const activity = (activityName: string, output: unknown) => ({
      name: activityName,
      type: '',
      status: 'Succeeded',
      input: {},
      output,
      problem: null,
      properties: {},
    });
    const copied = mysqlCopied([activity('Read point', { firstRow: point }), activity('Count', { value: parts })]);
    if (!copied.reading) throw new Error('no read point');
    if (copied.account.counted !== String(keys.length))
      throw new Error(`${copied.account.counted} counted, ${keys.length} read`);
    return { window: { ...window, upper: copied.upper, reading: copied.reading }, reading: copied.reading, keys };
  };

  return {
    take,
    plan(until: string | null = null): Window {
      return nextOfTable({ source: name, run: runs, watermark, until });
    },
    /** A whole run, with the server's clock at `now` (UTC). */
    async run(now: string): Promise<Taken[]> {
      await reader.query(`SET timestamp = UNIX_TIMESTAMP('${now}')`);
      runs += 1;
      const taken: Taken[] = [];
      for (let until: string | null = null; ; ) {
        const planned = this.plan(until);
        const one = await take(planned);
        for (const key of one.keys) seen.set(key, (seen.get(key) ?? 0) + 1);
        watermark = raised(watermark, one.window, '');
        taken.push(one);
        const next = following(one.window, planned, until);
        if (next === null) return taken;
        until = next.until;
      }
    },
    /** How often each row was read. */
    seen: () => Object.fromEntries([...seen].sort(([a], [b]) => Number(a) - Number(b))),
    watermark: () => watermark,
    setWatermark(to: string) {
      watermark = { source: name, cursor: to, window: '0', run: '', committed: '', sighting: null };
    },
  };
}
