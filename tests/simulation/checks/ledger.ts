import type { Change, Row, Table } from '../../../shared/azure/tables/table';
import type { Silver } from '../world/silver';
import type { Findings } from './findings';

type Values = Readonly<Record<string, string>>;

/** A record as its row holds it, read without the app's own reader. */
export function recordOf(values: Values): Record<string, unknown> {
  const chunks = Object.keys(values).filter((name) => name.startsWith('json'));
  return JSON.parse(
    chunks
      .sort()
      .map((name) => values[name])
      .join(''),
  ) as Record<string, unknown>;
}

/** What a transaction does to one row. */
interface Seen {
  readonly before: Row | null;
  readonly after: Values;
}

/**
 * A table of the ledger under the eyes of a checker: each transaction that comes through is held against what was there.
 * @param tableOf the silver table of a source
 */
export function watchedLedger(
  disk: Table,
  { broken }: Findings,
  silver: Silver,
  tableOf: (source: string) => string,
  now: () => number,
): Table {
  const leases = (source: string, { before, after }: Seen): void => {
    const [was, is] = [before?.values ?? {}, after];
    const [old, next] = [BigInt(was['fence'] ?? '0'), BigInt(is['fence'] ?? '0')];
    if (next < old) broken('C4', `the fence of ${source} goes from ${old} back to ${next}`);
    const changed = was['holder'] !== is['holder'] && is['holder'] !== '';
    if (!changed || !before) return;
    if (next === old) broken('C4', `${source} is handed to ${is['holder']} without a higher fence`);
    if (was['holder'] !== '' && Date.parse(was['expires'] ?? '') > now()) {
      broken('C4', `${is['holder']} takes ${source} while ${was['holder']} holds it`);
    }
  };
  const watermarks = (source: string, { before, after }: Seen): void => {
    const [was, is] = [before ? recordOf(before.values) : {}, recordOf(after)];
    const window = String(is['window']);
    if (before && BigInt(window) < BigInt(String(was['window'])))
      broken('C3', `${source}: window ${was['window']} goes back to ${window}`);
    if (before && String(is['cursor']) < String(was['cursor'])) {
      broken('C3', `${source}: the watermark goes from ${was['cursor']} back to ${is['cursor']}`);
    }
  };
  /** Only the holder writes; a committed window is in silver, unless it had no row. */
  const windows = (source: string, { after }: Seen, holder: string | undefined): void => {
    const window = recordOf(after);
    if (window['run'] !== holder) broken('C4', `${source} is written by ${window['run']}, which does not hold it`);
    if (window['state'] !== 'committed') return;
    const { landed } = window['account'] as { landed: string };
    const number = String(window['number']);
    const [name = '', ...lane] = source.split('~');
    if (landed !== '0' && !silver.has(tableOf(name), ['source', name, ...lane].join(':'), number)) {
      broken('C3', `${source}: window ${number} is committed before silver has it`);
    }
  };

  return {
    ...disk,
    async change(partition, changes) {
      const written = changes.filter((change): change is Exclude<Change, { do: 'delete' }> => change.do !== 'delete');
      const before = new Map<string, Row | null>();
      for (const { key } of written) before.set(key, await disk.get(partition, key));
      const made = await disk.change(partition, changes);
      if (!made) return made;
      const seen = (key: string, values: Values): Seen => ({ before: before.get(key) ?? null, after: values });
      const holder = written.find(({ key }) => key === 'lease')?.values['holder'];
      for (const { key, values } of written) {
        if (key === 'lease') leases(partition, seen(key, values));
        if (key === 'watermark') watermarks(partition, seen(key, values));
        if (key.startsWith('window:')) windows(partition, seen(key, values), holder);
      }
      const keys = written.map(({ key }) => key);
      const moves = keys.some((key) => key === 'watermark' || key.startsWith('window:'));
      if (moves && !keys.includes('lease')) broken('C4', `${partition} is written without its lease`);
      if (moves && !keys.some((key) => key.startsWith('event:'))) broken('C11', `${partition} moves without an event`);
      return made;
    },
  };
}
