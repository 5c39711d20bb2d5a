import { batches } from '../../batches';
import { Decision } from '../../contracts/quarantine';
import type { Decisions } from '../../ports/decisions';
import { fromChunks, toChunks } from './chunks';
import { below, type Change, type Table, TRANSACTION } from './table';

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
    for (const some of batches(changes, TRANSACTION)) await table.change(partition(source, window), some);
  },
});

const PREFIX = 'row:';
const partition = (source: string, window: string): string => `${source}:${window}`;
