import type { Row, Table } from '../../shared/azure/tables/table';

/** Azure Tables in memory: versions, transactions that are all or nothing, keys in order. */
export function fakeTable(): Table & { readonly partitions: Map<string, Map<string, Row>> } {
  const partitions = new Map<string, Map<string, Row>>();
  let version = 0;
  const rowsOf = (partition: string): Map<string, Row> => partitions.get(partition) ?? new Map();

  return {
    partitions,
    get: async (partition, key) => rowsOf(partition).get(key) ?? null,
    async range(partition, from, below, limit) {
      const rows = [...rowsOf(partition).values()].filter(({ key }) => key >= from && key < below);
      return rows.sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, limit);
    },
    async change(partition, changes) {
      if (changes.length > 100) throw new Error('a transaction holds 100 changes');
      if (new Set(changes.map(({ key }) => key)).size !== changes.length) throw new Error('a key comes twice');
      const rows = new Map(rowsOf(partition));
      for (const change of changes) {
        const stored = rows.get(change.key);
        if (change.do === 'insert' && stored) return false;
        if (change.do === 'replace' && stored?.etag !== change.etag) return false;
        if (change.do === 'delete' && !stored) return false;
        version += 1;
        if (change.do === 'delete') rows.delete(change.key);
        else rows.set(change.key, { key: change.key, etag: `v${version}`, values: { ...change.values } });
      }
      partitions.set(partition, rows);
      return true;
    },
  };
}
