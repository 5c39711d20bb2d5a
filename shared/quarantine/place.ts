import type { Window } from '../contracts/window';

/** Source, window and place in the window's file, as an id names them. */
export interface Place {
  readonly source: string;
  readonly window: string;
  readonly place: string;
}

export const idOf = ({ source, window, place }: Place): string => `${source}.${window}.${place}`;

export function placeOf(id: string): Place {
  const [source = '', window = '', place = ''] = id.split('.');
  return { source, window, place };
}

/** The file of a window's quarantined rows, below the quarantine container; the notebook that writes it says the same. */
export const rowsPath = (manifest: string): string =>
  manifest.replace('_manifests/', 'rows/').replace(/\.json$/, '.parquet');

/** What a replay is to take up, below the quarantine container. */
export const requestPath = (run: string): string => `replays/${run}.json`;

/** How many rows of a window were put aside. */
export const held = ({ account, outcome }: Window): bigint =>
  BigInt(account?.rejected ?? '0') + BigInt(outcome?.quarantined ?? '0');
