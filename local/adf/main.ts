import { join } from 'node:path';
import { run } from '../http/run';
import { keysFrom } from '../http/token';
import { adf } from './adf';
import { managedIdentity } from './connectors/credential';

const env = process.env;

void run('adf', 7404, (state) => {
  const url = env['TIDEMARK_LAKE_URL'];
  return adf({
    state,
    name: env['TIDEMARK_FACTORY'] ?? 'tidemark-local',
    credential: managedIdentity(),
    extensions: env['TIDEMARK_DUCKDB_EXTENSIONS'],
    keys: keysFrom(env['TIDEMARK_JWKS_URL']),
    ...(url ? { lake: { url, directory: env['TIDEMARK_LAKE_DIR'] ?? join(state, 'lake') } } : {}),
  });
});
