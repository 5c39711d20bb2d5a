import { connectShop } from '../sources/connect';
import { shopUrl } from '../supervisor/stack';
import type { Scenario } from './scenario';

/** What a source does to those who read it by a cursor. */
export const source: readonly Scenario[] = [
  {
    name: 'open-transaction',
    what: 'a transaction stays open while a window is read past its timestamps, and commits afterwards',
    async play(world) {
      const { stack } = await world.running();
      const connection = await connectShop(shopUrl(stack));
      try {
        await connection.beginTransaction();
        await connection.query('UPDATE users SET productsSold = productsSold + 1 ORDER BY identifierHash LIMIT 7');
        await world.live({ inserts: 3, updates: 0, deletes: 0 });
        await world.end(await world.start('users'));
        await connection.commit();
      } finally {
        await connection.end();
      }
      await world.end(await world.start('users'));
      return 1;
    },
  },
  {
    name: 'two-runs',
    what: 'two runs of one source are asked for at the same time',
    async play(world) {
      await world.live();
      const runs = await Promise.all([world.start('users'), world.start('users')]);
      for (const run of runs) await world.end(run);
      return 1;
    },
  },
];
