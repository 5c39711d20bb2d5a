import { type Kept, rowsOf } from '../activities/quarantine/rows';
import type { QuarantinedRow } from '../shared/contracts/quarantine';
import type { Ports } from '../shared/ports/ports';
import { type Place, placeOf, rowsRoot, windowOf } from '../shared/quarantine/place';
import { notFound } from './route';

/** Rows that are read at once, and reads that one answer may take. */
const ROWS = 1000;
const READS = 500;

/** What a list of quarantined rows is narrowed to; `after` is the id to go on from. */
export interface Wanted {
  readonly window?: string | undefined;
  readonly after?: string | undefined;
  readonly keep: (row: QuarantinedRow) => boolean;
}

/** Rows of a list, and the id to go on from where there may be more. */
export interface Listed {
  readonly rows: QuarantinedRow[];
  readonly next: string | null;
}

/** Quarantined rows of sources, newest windows first, at most `limit` of them. */
export async function listed(
  ports: Ports,
  sources: readonly string[],
  limit: number,
  { window, after, keep }: Wanted,
): Promise<Listed> {
  const start = after === undefined ? null : placeOf(after);
  const found: QuarantinedRow[] = [];
  let reads = READS;
  for (const source of start ? sources.slice(Math.max(0, sources.indexOf(start.source))) : sources) {
    const begin = start?.source === source ? start : null;
    for (const kept of await filesOf(ports, source)) {
      if (window !== undefined && (kept.window !== window || kept.lane !== undefined)) continue;
      if (begin && rank(kept) > rank(begin)) continue;
      let from = begin && rank(kept) === rank(begin) ? Number(begin.place) + 1 : 0;
      for (;;) {
        const rows = await rowsOf(ports, kept, from, from + ROWS);
        found.push(...rows.filter(keep));
        if (found.length >= limit) return { rows: found.slice(0, limit), next: found[limit - 1]?.id ?? null };
        reads -= 1;
        const last = rows.at(-1);
        if (last && reads <= 0) return { rows: found, next: last.id };
        if (rows.length < ROWS) break;
        from += ROWS;
      }
    }
  }
  return { rows: found, next: null };
}

/** All rows of a source, newest windows first, that are to be kept. */
export async function all(ports: Ports, source: string, keep: Wanted['keep']): Promise<QuarantinedRow[]> {
  const found: QuarantinedRow[] = [];
  let after: string | undefined;
  do {
    const { rows, next } = await listed(ports, [source], Number.POSITIVE_INFINITY, { keep, after });
    found.push(...rows);
    after = next ?? undefined;
  } while (after !== undefined);
  return found;
}

/** The rows of these ids, in their order. @throws ProblemError NOT_FOUND for one that is not there */
export async function named(ports: Ports, ids: readonly string[]): Promise<QuarantinedRow[]> {
  const known = new Map<string, QuarantinedRow>();
  const places = [...new Set(ids)].map(placeOf);
  for (const source of new Set(places.map((one) => one.source))) {
    for (const kept of await filesOf(ports, source)) {
      const own = places.filter((one) => one.source === source && rank(one) === rank(kept));
      if (own.length === 0) continue;
      const at = own.map(({ place }) => Number(place));
      for (const row of await rowsOf(ports, kept, Math.min(...at), Math.max(...at) + 1)) known.set(row.id, row);
    }
  }
  return [...new Set(ids)].map((id) => {
    const row = known.get(id);
    if (row) return row;
    throw notFound(`quarantined row ${id}`);
  });
}

/** The files of a source's quarantined rows: those of its live windows, then those of its lanes, newest first. */
async function filesOf({ lake }: Ports, source: string): Promise<Kept[]> {
  const files = await lake.list('quarantine', rowsRoot(source));
  const kept = files.flatMap((file) => {
    const of = windowOf(file.path);
    return of ? [{ ...of, file }] : [];
  });
  return kept.sort((a, b) => (rank(a) > rank(b) ? -1 : 1));
}

/** Grows with the window, and is greater for live windows than for those of lanes, whose names grow with time. */
const rank = ({ lane, window }: Omit<Place, 'place'>): string => `${lane ?? '~'} ${window.padStart(12, '0')}`;
