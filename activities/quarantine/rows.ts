import { z } from 'zod';
import type { QuarantinedRow } from '../../shared/contracts/quarantine';
import type { LakeFile } from '../../shared/ports/lake';
import type { Ports } from '../../shared/ports/ports';
import { held, idOf, type Place } from '../../shared/quarantine/place';
import { shelfOf } from '../../shared/windows/lane';
import { parquetText } from '../parquet';

const Cells = z.tuple([
  z.enum(['row', 'line']),
  z.string().nullable(),
  z.string().nullable(),
  z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  z.string(),
]);
const COLUMNS = ['kind', 'file', 'line', 'reasons', 'payload'];

/** The file of the rows that a window put aside. */
export interface Kept extends Omit<Place, 'place'> {
  readonly file: LakeFile;
}

/** Quarantined rows of a window by their places, with what was decided about them; none before it says that it has any. */
export async function rowsOf(ports: Ports, kept: Kept, from: number, to: number): Promise<QuarantinedRow[]> {
  const { source, lane, window, file } = kept;
  const shelf = shelfOf(source, lane);
  const known = await ports.ledger.window(shelf, window);
  if (!known || held(known) === 0n) return [];
  const table = await parquetText(ports.lake, 'quarantine', file.path, Number(file.bytes), from, to);
  const at = COLUMNS.map((name) => table.columns.indexOf(name));
  const decisions = await ports.decisions.of(shelf, window);
  return table.rows.map((cells, nth) => {
    const place = String(from + nth);
    const [kind, name, line, reasons, payload] = Cells.parse(at.map((column) => cells[column] ?? null));
    const decision = decisions.get(place) ?? null;
    return {
      id: idOf({ source, lane, window, place }),
      source,
      lane: lane ?? null,
      window,
      kind,
      file: name,
      line,
      reasons: decision && decision.reasons.length > 0 ? decision.reasons : reasons,
      payload,
      masked: false,
      state: decision?.state ?? 'open',
      decision,
    };
  });
}

/** Whether a row waits for a person. */
export const waits = ({ state }: QuarantinedRow): boolean => state === 'open' || state === 'again';
