import type { Lease, Watermark } from '../../contracts/window';
import { isClosed } from '../../windows/closed';
import { resetTo } from '../../windows/moves';
import { entryOf } from './events';
import { patiently } from './patiently';
import type { Change, Table } from './table';
import { readWatermark, WATERMARK, watermarkValues, windowKey, windowsOf, windowValues } from './windows';

/** The check of a lease that goes into every transaction of its source. */
export type Check = (lease: Lease) => Promise<{ change: Change; sequence: string }>;

/** Sends a source back: watermark, abandoned window and history in one transaction, under the fence of the lease. */
export const resets =
  (table: Table, now: () => Date, check: Check) =>
  (lease: Lease, to: string | null, why: string): Promise<Watermark> =>
    patiently(lease.source, async () => {
      const { change, sequence } = await check(lease);
      const row = await table.get(lease.source, WATERMARK);
      const before = row && readWatermark(row);
      if (before?.run === lease.holder) return before;
      const [last] = await windowsOf(table).newest(lease.source, 1);
      const instant = now();
      const at = instant.toISOString();
      const after = resetTo(lease.source, last?.window ?? null, lease.holder, to, at);
      const values = watermarkValues(after);
      const mark: Change = row
        ? { do: 'replace', key: WATERMARK, etag: row.etag, values }
        : { do: 'insert', key: WATERMARK, values };
      const abandoned: Change[] = [];
      if (last && !isClosed(last.window)) {
        const { etag, window } = last;
        const left = windowValues({ ...window, state: 'abandoned', changed: at });
        abandoned.push({ do: 'replace', key: windowKey(window.number), etag, values: left });
      }
      const detail = `from ${before?.cursor ?? 'nothing'} to ${to ?? 'the beginning'}; ${why}`;
      const event = entryOf({ at, what: 'reset', run: lease.holder, detail }, instant, sequence);
      return (await table.change(lease.source, [change, mark, event, ...abandoned])) ? after : null;
    });
