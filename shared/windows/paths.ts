import type { Window } from '../contracts/window';
import { shelfOf } from './lane';

const padded = (number: string): string => number.padStart(12, '0');

/** Where an attempt writes its Parquet, below the bronze container. Nobody reads it before a manifest names its files. */
export const attemptFolder = ({ source, lane, number, attempt }: Window): string =>
  `${source}/${lane === undefined ? '' : `lane=${lane}/`}window=${number}/attempt=${attempt}`;

/** The manifest of a window, below the bronze container; a second one of the same window is refused. */
export const manifestPath = ({ source, lane, number }: Window): string =>
  `_manifests/${source}/${lane === undefined ? '' : `${lane}/`}${padded(number)}.json`;

/** The compiled catalog of a version, below the bronze container. */
export const catalogPath = (version: string): string => `_catalog/${version}.json`;

/** Raw files that were fetched over SFTP, below the landing container; blob events do not look there. */
export const fetchedFolder = (source: string): string => `_sftp/${source}`;

/** What makes a factory run ours: the same key is the same copy. */
export const copyKey = ({ source, lane, number, attempt, run }: Window): string =>
  `${run}:${shelfOf(source, lane)}:${number}:${attempt}`;

/** What makes a merge ours in Delta: versions of a lane count by themselves, since Delta skips a lower one in silence. */
export const txnApp = ({ source, lane }: Window): string =>
  lane === undefined ? `source:${source}` : `source:${source}:${lane}`;
