import { z } from 'zod';
import type { QuarantinedRow } from '../../shared/contracts/quarantine';
import type { Window } from '../../shared/contracts/window';
import type { Ports } from '../../shared/ports/ports';
import { held, idOf, rowsPath } from '../../shared/quarantine/place';
import { parquetText } from '../parquet';

const Kept = z.tuple([
  z.enum(['row', 'line']),
  z.string().nullable(),
  z.string().nullable(),
  z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  z.string(),
]);
const COLUMNS = ['kind', 'file', 'line', 'reasons', 'payload'];

/** The quarantined rows of a window from a place on, with what was decided about them; none when it put none aside. */
export async function rowsOf(ports: Ports, window: Window, from = 0, to?: number): Promise<QuarantinedRow[]> {
  if (held(window) === 0n || window.manifest === null) return [];
  const path = rowsPath(window.manifest);
  const folder = path.slice(0, path.lastIndexOf('/'));
  const file = (await ports.lake.list('quarantine', folder)).find((one) => one.path === path);
  if (!file) return [];
  const table = await parquetText(ports.lake, 'quarantine', path, Number(file.bytes), from, to);
  const at = COLUMNS.map((name) => table.columns.indexOf(name));
  const decisions = await ports.decisions.of(window.source, window.number);
  return table.rows.map((cells, nth) => {
    const place = String(from + nth);
    const [kind, name, line, reasons, payload] = Kept.parse(at.map((column) => cells[column] ?? null));
    const decision = decisions.get(place) ?? null;
    return {
      id: idOf({ source: window.source, window: window.number, place }),
      source: window.source,
      window: window.number,
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
