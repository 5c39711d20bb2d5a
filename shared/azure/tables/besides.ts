import type { Lease, Watermark } from '../../contracts/window';
import { entryOf } from './events';
import { patiently } from './patiently';
import type { Check } from './reset';
import type { Change, Table } from './table';
import { WATERMARK, watermarkValues, windowsOf } from './windows';

/** Notes a change of a source's table beside its windows: watermark and history in one transaction, under the fence. */
export const changesBesides =
  (table: Table, now: () => Date, check: Check) =>
  (lease: Lease, detail: string): Promise<Watermark> =>
    patiently(lease.source, async () => {
      const { change, sequence } = await check(lease);
      const row = await windowsOf(table).watermark(lease.source);
      if (!row) throw new Error(`${lease.source} has no watermark, so it has no table that could have changed`);
      if (row.watermark.besides === lease.holder) return row.watermark;
      const instant = now();
      const after = { ...row.watermark, besides: lease.holder };
      const event = entryOf(
        { at: instant.toISOString(), what: 'changed', run: lease.holder, detail },
        instant,
        sequence,
      );
      const mark: Change = { do: 'replace', key: WATERMARK, etag: row.etag, values: watermarkValues(after) };
      return (await table.change(lease.source, [change, mark, event])) ? after : null;
    });
