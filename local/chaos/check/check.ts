import { join } from 'node:path';
import { literal } from '../../adf/connectors/sqlText';
import type { World } from '../world';
import { bronze } from './bronze';
import type { Finding } from './finding';
import { gold } from './gold';
import { ledger } from './ledger';
import { mail } from './mail';
import { withQuery } from './query';
import { secrets } from './secrets';
import { silver, sourceFile } from './silver';

/** Holds the disk against the source and against itself, never asking the app. Empty when every invariant holds. */
export const check = (world: World): Promise<Finding[]> =>
  withQuery(world.layout, async (query) => {
    const [metadata, source] = await Promise.all([world.metadata(), sourceFile(world)]);
    const table = literal(join(world.layout.lake, 'silver/users'));
    await query(`CREATE VIEW silver_windows AS SELECT _window FROM delta_scan(${table})`);
    return [
      ...(await silver(world, query, source)),
      ...(await gold(world, source)),
      ...(await ledger(metadata, query)),
      ...(await bronze(world, metadata, query)),
      ...(await mail(world, metadata)),
      ...(await secrets(world)),
    ];
  });
