import type { Window } from '../contracts/window';

const padded = (number: string): string => number.padStart(12, '0');

/** Where an attempt writes its Parquet, below the bronze container. Nobody reads it before a manifest names its files. */
export const attemptFolder = ({ source, number, attempt }: Window): string =>
  `${source}/window=${number}/attempt=${attempt}`;

/** The manifest of a window, below the bronze container; a second one of the same window is refused. */
export const manifestPath = ({ source, number }: Window): string => `_manifests/${source}/${padded(number)}.json`;

/** The compiled catalog of a version, below the bronze container. */
export const catalogPath = (version: string): string => `_catalog/${version}.json`;

/** Raw files that were fetched over SFTP, below the landing container; blob events do not look there. */
export const fetchedFolder = (source: string): string => `_sftp/${source}`;

/** What makes a factory run ours: the same key is the same copy. */
export const copyKey = ({ source, number, attempt, run }: Window): string => `${run}:${source}:${number}:${attempt}`;
