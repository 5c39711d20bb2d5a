import type { Window } from '../contracts/window';
import { shelfOf } from '../windows/lane';

/** Source, lane, window and place in the window's file, as an id names them. */
export interface Place {
  readonly source: string;
  /** Beside the live history: the lane that the window is in. */
  readonly lane?: string | undefined;
  readonly window: string;
  readonly place: string;
}

export const idOf = ({ source, lane, window, place }: Place): string => `${shelfOf(source, lane)}.${window}.${place}`;

export function placeOf(id: string): Place {
  const [shelf = '', window = '', place = ''] = id.split('.');
  const [source = '', lane] = shelf.split('~');
  return { source, lane, window, place };
}

/** Below it, in the quarantine container, lie the files of a source's quarantined rows, those of its lanes too. */
export const rowsRoot = (source: string): string => `rows/${source}`;

/** The file of a window's quarantined rows, below the quarantine container; the notebook that writes it says the same. */
export const rowsPath = (manifest: string): string =>
  manifest.replace('_manifests/', 'rows/').replace(/\.json$/, '.parquet');

const ROWS_PATH = /^rows\/(?<source>[^/]+)\/(?:(?<lane>[^/]+)\/)?(?<window>\d+)\.parquet$/;

/** The window whose quarantined rows such a file holds; null for any other file. */
export function windowOf(path: string): Omit<Place, 'place'> | null {
  const { source, lane, window } = ROWS_PATH.exec(path)?.groups ?? {};
  return source === undefined || window === undefined ? null : { source, lane, window: String(BigInt(window)) };
}

/** What a replay is to take up, below the quarantine container. */
export const requestPath = (source: string, run: string): string => `replays/${source}/${run}.json`;

/** How many rows of a window were put aside. */
export const held = ({ account, outcome }: Window): bigint =>
  BigInt(account?.rejected ?? '0') + BigInt(outcome?.quarantined ?? '0');
