import type { Database } from './database';
import type { Faults } from './faults';
import type { LakeDisk } from './lake';
import type { Random } from './random';
import type { Silver } from './silver';
import type { Time } from './time';

/** How the pipelines cut their windows. */
export interface Bounds {
  /**
   * `stable`: older than whatever may still commit; `newest`: the newest row that is seen; `settled`: the newest row that
   * is seen and older than every open transaction, so that only its ties can still come.
   */
  readonly upper: 'stable' | 'newest' | 'settled';
  readonly lower: '>' | '>=';
}

/** What lies outside the app and outlives its host: time, chance, and everybody's disks. */
export interface Outside {
  readonly time: Time;
  readonly random: Random;
  readonly faults: Faults;
  readonly lake: LakeDisk;
  readonly shop: Database;
  readonly silver: Silver;
  readonly bounds: Bounds;
}

/** Longer than a lease and than every patience. */
export const LATE_MS = 400_000;
