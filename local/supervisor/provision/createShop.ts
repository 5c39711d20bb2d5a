import { connectShop } from '../../sources/connect';
import { createUsers } from '../../sources/usersTable';
import { type Stack, shopUrl } from '../stack';

/** Creates the shop's table, empty, so that a run before the first seeding finds nothing instead of failing. */
export async function createShop(stack: Stack): Promise<void> {
  const connection = await connectShop(shopUrl(stack));
  try {
    await connection.query(createUsers);
  } finally {
    await connection.end();
  }
}
