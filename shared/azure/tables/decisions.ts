import { Decision } from '../../contracts/quarantine';
import type { Decisions } from '../../ports/decisions';
import { fromChunks, toChunks } from './chunks';
import { below, type Change, type Table } from './table';

const BATCH = 100;

/** One partition a window, one row a decision: a window without any costs nothing. */
export const tableDecisions = (table: Table): Decisions => ({
  async of(source, window) {
    const rows = await table.range(partition(source, window), PREFIX, below(PREFIX), Number.MAX_SAFE_INTEGER);
    return new Map(rows.map(({ key, values }) => [key.slice(PREFIX.length), Decision.parse(fromChunks(values))]));
  },
  async put(source, window, decisions) {
    const changes = [...decisions].map(
      ([place, decision]): Change => ({
        do: 'put',
        key: `${PREFIX}${place}`,
        values: toChunks(Decision.parse(decision)),
      }),
    );
    for (let from = 0; from < changes.length; from += BATCH) {
      await table.change(partition(source, window), changes.slice(from, from + BATCH));
    }
  },
});

const PREFIX = 'row:';
const partition = (source: string, window: string): string => `${source}:${window}`;
