import type { Database } from './database';
import type { Faults } from './faults';
import type { LakeDisk } from './lake';
import type { Random } from './random';
import type { Silver } from './silver';
import type { Time } from './time';

/** Where the pipelines end their windows: older than whatever may still commit, or at the newest row that is seen. */
export type Upper = 'stable' | 'newest';

/** What the notebooks that know of erasures forget to do. */
export type Slip = 'nobody looks at the door' | 'bronze is left';

/** What lies outside the app and outlives its host: time, chance, and everybody's disks. */
export interface Outside {
  readonly time: Time;
  readonly random: Random;
  readonly faults: Faults;
  readonly lake: LakeDisk;
  readonly shop: Database;
  readonly silver: Silver;
  /** How often each dataset of gold was committed. */
  readonly gold: Map<string, number>;
  readonly upper: Upper;
  readonly slip: Slip | null;
  /** The users whose erasure was asked for. */
  readonly erasures: Set<string>;
  /** How a pipeline reaches the app, once that is there: whose it is, and which run. */
  readonly callBack: { tell: (instance: string, run: string) => void };
}

/** Longer than a lease and than every patience. */
export const LATE_MS = 400_000;
