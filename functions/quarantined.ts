import { rowsOf } from '../activities/quarantine/rows';
import type { QuarantinedRow } from '../shared/contracts/quarantine';
import type { Ports } from '../shared/ports/ports';
import { placeOf } from '../shared/quarantine/place';
import { notFound } from './route';

/** Windows of a source that are looked through, and rows that are read at once. */
const WINDOWS = 1000;
const ROWS = 1000;

/** What a list of quarantined rows is narrowed to; `after` is the id to go on from. */
export interface Wanted {
  readonly window?: string | undefined;
  readonly after?: string | undefined;
  readonly keep: (row: QuarantinedRow) => boolean;
}

/** Quarantined rows of a source, newest windows first, at most `limit` of them. */
export async function listed(ports: Ports, source: string, limit: number, wanted: Wanted): Promise<QuarantinedRow[]> {
  const start = wanted.after === undefined ? null : placeOf(wanted.after);
  const found: QuarantinedRow[] = [];
  for (const window of await ports.ledger.windows(source, WINDOWS)) {
    if (wanted.window !== undefined && window.number !== wanted.window) continue;
    if (start && BigInt(window.number) > BigInt(start.window)) continue;
    let from = start?.window === window.number ? Number(start.place) + 1 : 0;
    for (;;) {
      const rows = await rowsOf(ports, window, from, from + ROWS);
      found.push(...rows.filter(wanted.keep));
      if (found.length >= limit) return found.slice(0, limit);
      if (rows.length < ROWS) break;
      from += ROWS;
    }
  }
  return found;
}

/** The rows of these ids, in their order. @throws ProblemError NOT_FOUND for one that is not there */
export async function named(ports: Ports, ids: readonly string[]): Promise<QuarantinedRow[]> {
  const known = new Map<string, QuarantinedRow>();
  const places = [...new Set(ids)].map(placeOf);
  for (const source of new Set(places.map((one) => one.source))) {
    const wanted = new Set(places.filter((one) => one.source === source).map(({ window }) => window));
    for (const window of await ports.ledger.windows(source, WINDOWS)) {
      if (!wanted.has(window.number)) continue;
      const own = places.filter((one) => one.source === source && one.window === window.number);
      const at = own.map(({ place }) => Number(place));
      for (const row of await rowsOf(ports, window, Math.min(...at), Math.max(...at) + 1)) known.set(row.id, row);
    }
  }
  return [...new Set(ids)].map((id) => {
    const row = known.get(id);
    if (row) return row;
    throw notFound(`quarantined row ${id}`);
  });
}
