import { Watermark, Window } from '../../contracts/window';
import { ProblemError } from '../../errors';
import { problem } from '../../problem';
import { fromChunks, toChunks } from './chunks';
import { highestFirst } from './keys';
import { below, type Row, type Table } from './table';

export const WATERMARK = 'watermark';
const PREFIX = 'window:';

export const windowKey = (number: string): string => `${PREFIX}${highestFirst(number)}`;

/** A window as a row: its state and number in the open for people, the whole in chunks. */
export const windowValues = (window: Window): Record<string, string> => ({
  number: window.number,
  state: window.state,
  ...toChunks(window),
});

export const watermarkValues = (watermark: Watermark): Record<string, string> => toChunks(watermark);

/** A stored watermark, or null when it is damaged. */
export function readWatermark({ values }: Row): Watermark | null {
  try {
    return Watermark.parse(fromChunks(values));
  } catch {
    return null;
  }
}

/** Reading side of the ledger. */
export const windowsOf = (table: Table) => ({
  async watermark(source: string): Promise<{ etag: string; watermark: Watermark } | null> {
    const row = await table.get(source, WATERMARK);
    if (!row) return null;
    const watermark = readWatermark(row);
    if (watermark) return { etag: row.etag, watermark };
    throw new ProblemError(
      problem(
        'WATERMARK_LOST',
        source,
        'its watermark is stored but cannot be read.',
        'Look at the newest windows of the source, and reset the watermark to the upper bound of one of them.',
      ),
    );
  },
  async at(source: string, number: string): Promise<{ etag: string; window: Window } | null> {
    const row = await table.get(source, windowKey(number));
    return row && { etag: row.etag, window: Window.parse(fromChunks(row.values)) };
  },
  async newest(source: string, limit: number): Promise<{ etag: string; window: Window }[]> {
    const rows = await table.range(source, PREFIX, below(PREFIX), limit);
    return rows.map(({ etag, values }) => ({ etag, window: Window.parse(fromChunks(values)) }));
  },
});
