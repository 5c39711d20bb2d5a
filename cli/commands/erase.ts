import { type StartOptions, started } from './run';

export interface EraseOptions extends StartOptions {
  readonly table: string;
  readonly purgeNow?: boolean;
}

/** Starts the erasure of a person; with `--wait` follows it and shows every place. */
export async function erase(key: string[], { table, purgeNow = false, ...options }: EraseOptions): Promise<number> {
  return started('/erasures', { table, key, purgeNow }, options);
}
