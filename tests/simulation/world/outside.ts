import type { Database } from './database';
import type { Faults } from './faults';
import type { LakeDisk } from './lake';
import type { Random } from './random';
import type { Silver } from './silver';
import type { Time } from './time';

/** What lies outside the app and outlives its host: time, chance, and everybody's disks. */
export interface Outside {
  readonly time: Time;
  readonly random: Random;
  readonly faults: Faults;
  readonly lake: LakeDisk;
  readonly shop: Database;
  readonly silver: Silver;
  /** What the pipelines read as their upper bound; `max` is what a naive one would. */
  readonly readPoint: 'stable' | 'max';
}

/** Longer than a lease and than every patience. */
export const LATE_MS = 400_000;
