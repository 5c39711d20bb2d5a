import type { Pace } from '../shared/contracts/steps';

/** Where a connection of the catalog leads to in this deployment. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly hostKeyFingerprint?: string | undefined;
}

/** What an activity needs to know of the deployment that it runs in. */
export interface Surroundings {
  readonly connections: Readonly<Record<string, Address>>;
  /** How Spark addresses a container: a URI with {container}. */
  readonly lakeUri: string;
  readonly pace: Pace;
  readonly publicUrl: string;
}
