import type { Pace } from '../shared/contracts/steps';
import type { Places } from '../shared/sources/copyRequest';

/** What an activity needs to know of the deployment that it runs in. */
export interface Surroundings extends Places {
  /** How Spark addresses a container: a URI with {container}. */
  readonly lakeUri: string;
  readonly pace: Pace;
  readonly publicUrl: string;
  /** The audience of tokens for the app's own API; without one no pipeline calls back. */
  readonly audience?: string | undefined;
}
