import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Root of the checkout: the nearest folder above that holds package.json. */
export function rootOf(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder))
      throw new Error(`No package.json above ${from}: run this from a checkout of Tidemark.`);
  }
}

/** Where everything of one local stack lies. */
export interface Layout {
  readonly root: string;
  /** The catalog that a new stack begins with. */
  readonly catalog: string;
  readonly state: string;
  readonly tools: string;
  readonly logs: string;
  readonly lake: string;
  readonly ca: string;
  /** What the supervisor tells about itself and its services. */
  readonly record: string;
  /** What the command line needs to call the API: url, key, ca. */
  readonly connection: string;
  readonly secrets: string;
  readonly lock: string;
}

/** The layout that the environment names by TIDEMARK_STATE and TIDEMARK_CATALOG, else that of the checkout. */
export function layoutOf(environment: Record<string, string | undefined>, from = __dirname): Layout {
  const root = rootOf(from);
  const state = resolve(environment['TIDEMARK_STATE'] || join(root, '.tidemark/state'));
  const inState = (name: string) => join(state, name);
  return {
    root,
    catalog: resolve(environment['TIDEMARK_CATALOG'] || join(root, 'catalog/shop.yaml')),
    state,
    tools: join(root, '.tidemark/tools'),
    logs: inState('logs'),
    lake: inState('lake'),
    ca: inState('tls/ca.pem'),
    record: inState('supervisor.json'),
    connection: inState('connection.json'),
    secrets: inState('secrets.json'),
    lock: inState('supervisor.lock'),
  };
}
