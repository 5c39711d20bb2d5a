import { Manifest, type Window } from '../../shared/contracts/window';
import type { Lake } from '../../shared/ports/lake';
import type { Ports } from '../../shared/ports/ports';
import { shelfOf } from '../../shared/windows/lane';
import { laneOf, manifestPath } from '../../shared/windows/paths';

const EVERY = Number.MAX_SAFE_INTEGER;

/** Every committed window of a source, live ones first, newest first; of lanes, those that copied something. */
export async function committedWindows({ lake, ledger }: Ports, source: string): Promise<Window[]> {
  const manifests = await lake.list('bronze', `_manifests/${source}`);
  const lanes = new Set(manifests.flatMap(({ path }) => laneOf(path) ?? []));
  const windows = await ledger.windows(source, EVERY);
  for (const lane of lanes) windows.push(...(await ledger.windows(shelfOf(source, lane), EVERY)));
  return windows.filter(({ state }) => state === 'committed');
}

/** The manifest of a window, or null when there is none, or nothing that is one. */
export async function manifestOf(lake: Lake, window: Window): Promise<Manifest | null> {
  const bytes = await lake.read('bronze', manifestPath(window));
  return bytes && parsed(Buffer.from(bytes).toString('utf8'));
}

function parsed(text: string): Manifest | null {
  try {
    return Manifest.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
