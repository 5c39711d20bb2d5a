import { afterAll, beforeAll } from 'vitest';
import { type Database, database, type FactoryStack, factoryStack } from './stack';

/** A factory with the product's own definitions, a real MariaDB, and in the vault the secrets of its accounts. */
export interface Deployed {
  readonly stack: FactoryStack;
  readonly db: Database;
}

/** One for all tests of a file; it is there when they begin. */
export function deployed(): Deployed {
  let stack: FactoryStack | undefined;
  let db: Database | undefined;
  beforeAll(async () => {
    stack = await factoryStack();
    db = await database(stack.state.directory);
    await stack.secrets.setSecret('etl', db.password);
    await stack.secrets.setSecret('shop', db.writer);
    await stack.deploy();
  }, 120_000);
  afterAll(async () => {
    await db?.stop();
    await stack?.dispose();
  });
  return {
    get stack() {
      return there(stack);
    },
    get db() {
      return there(db);
    },
  };
}

function there<T>(made: T | undefined): T {
  if (made === undefined) throw new Error('nothing is deployed before the tests begin');
  return made;
}
