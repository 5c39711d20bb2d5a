import { createHash } from 'node:crypto';
import type { Window } from '../contracts/window';
import { shelfOf } from './lane';

const padded = (number: string): string => number.padStart(12, '0');

/** Where an attempt writes its Parquet, below the bronze container. Nobody reads it before a manifest names its files. */
export const attemptFolder = ({ source, lane, number, attempt }: Window): string =>
  `${source}/${lane === undefined ? '' : `lane=${lane}/`}window=${number}/attempt=${attempt}`;

/** The manifest of a window, below the bronze container; a second one of the same window is refused. */
export const manifestPath = ({ source, lane, number }: Window): string =>
  `_manifests/${source}/${lane === undefined ? '' : `${lane}/`}${padded(number)}.json`;

/** The lane that a manifest is of, by its path; undefined for the live history. */
export const laneOf = (manifest: string): string | undefined => manifest.split('/').slice(2, -1)[0];

/**
 * Where the app writes a file of bronze or quarantine before it has its place, below the folder that it will lie in:
 * the file of a host that died is told by that.
 */
export const PUTTING = '_tmp';

/** The compiled catalog of a version, below the bronze container. */
export const catalogPath = (version: string): string => `_catalog/${version}.json`;

/** Where the files of an SFTP source are brought to, below the landing container; no source reads there. */
export const fetchedRoot = (source: string): string => `_sftp/${source}`;

/** Those that one run brought. */
export const fetchedFolder = (source: string, run: string): string => `${fetchedRoot(source)}/${run}`;

/** What a fetched file is called there: a name from outside is no path. */
export const fetchedName = (name: string): string => createHash('sha256').update(name).digest('hex');

export const fetchedPath = (source: string, run: string, name: string): string =>
  `${fetchedFolder(source, run)}/${fetchedName(name)}`;

/** Where the files of a source are kept as they came, below the bronze container: its sender may clean up. */
export const keptRoot = (source: string): string => `_raw/${source}`;

export const keptPath = (source: string, sha256: string, name: string): string =>
  `${keptRoot(source)}/${sha256}/${name}`;

/** What makes a factory run ours: the same key is the same copy. */
export const copyKey = ({ source, lane, number, attempt, run }: Window): string =>
  `${run}:${shelfOf(source, lane)}:${number}:${attempt}`;

/** What makes a merge ours in Delta: versions of a lane count by themselves, since Delta skips a lower one in silence. */
export const txnApp = ({ source, lane }: Window): string =>
  lane === undefined ? `source:${source}` : `source:${source}:${lane}`;
