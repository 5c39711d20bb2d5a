import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { literal } from '../../adf/connectors/sqlText';
import type { Metadata } from '../disk';
import type { World } from '../world';
import { type Finding, finding } from './finding';
import type { Query } from './query';

const Manifest = z.object({
  rows: z.object({ read: z.string(), landed: z.string(), rejected: z.string() }),
  files: z.array(z.object({ container: z.string(), path: z.string() })),
});

/** What a manifest says is what its files hold, and every row that was read is accounted for. */
export async function bronze(world: World, { windows }: Metadata, query: Query): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { source, number, manifest } of windows.filter(({ state }) => state === 'committed')) {
    if (manifest === null) continue;
    const text = await readFile(join(world.layout.lake, 'bronze', manifest), 'utf8');
    const { rows, files } = Manifest.parse(JSON.parse(text));
    const [read, landed, rejected] = [rows.read, rows.landed, rows.rejected].map(BigInt) as [bigint, bigint, bigint];
    const paths = files.map(({ container, path }) => literal(join(world.layout.lake, container, path)));
    const [[held = '0'] = []] =
      paths.length === 0
        ? []
        : await query(`SELECT count(*) FROM read_parquet([${paths.join(', ')}], union_by_name = true)`);
    if (read !== landed + rejected || BigInt(held ?? '0') !== landed)
      findings.push(
        finding(
          'C7',
          `window ${number} of ${source}: ${read} read, ${landed} landed, ${rejected} rejected, ${held} in its files`,
        ),
      );
  }
  return findings;
}
