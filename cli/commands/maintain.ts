import { type StartOptions, started } from './run';

/** Starts maintenance of some tables or of the whole lake; with `--wait` follows it, and fails when it fails. */
export async function maintain({ table, ...options }: StartOptions & { readonly table: string[] }): Promise<number> {
  return started('/maintenance', table.length > 0 ? { tables: table } : {}, options);
}
