import type { Catalog } from '../contracts/catalog';

/** Numbered, immutable versions of the catalog, in the metadata table. */
export interface Catalogs {
  current(): Promise<Catalog | null>;
  get(version: string): Promise<Catalog | null>;
  /** Stores a new version unless the content equals the current one; returns what is current then. */
  publish(content: Omit<Catalog, 'version'>, actor: string): Promise<Catalog>;
  /** The last tick of a schedule that has been served, an ISO instant, or null. */
  servedTick(schedule: string): Promise<string | null>;
  /** Records a tick as served; false when it (or a later one) already was. */
  serveTick(schedule: string, tick: string): Promise<boolean>;
}
