import { resolve } from 'node:path';
import { z } from 'zod';
import { run } from '../http/run';
import { keysFrom } from '../http/token';
import { databricks } from './databricks';

const Environment = z.object({
  TIDEMARK_PYTHON: z.string().default('.venv/bin/python'),
  TIDEMARK_NOTEBOOKS: z.string().default('notebooks'),
  TIDEMARK_NOTEBOOKS_ROOT: z.string().default('/Shared/tidemark'),
  TIDEMARK_DRIVER: z.string().default('local/databricks').describe('folder of driver.py'),
  TIDEMARK_VAULT_URL: z.string().optional(),
  TIDEMARK_JWKS_URL: z.string().optional(),
  IDENTITY_ENDPOINT: z.string().optional(),
  IDENTITY_HEADER: z.string().optional(),
});

const env = Environment.parse(process.env);
const { TIDEMARK_VAULT_URL: vaultUrl, IDENTITY_ENDPOINT: identityEndpoint, IDENTITY_HEADER: identityHeader } = env;

void run('databricks', 7405, (state, url) =>
  databricks(resolve(state), url, {
    // Resolved without following links: a virtual environment is known by the path of its interpreter.
    python: resolve(env.TIDEMARK_PYTHON),
    notebooks: resolve(env.TIDEMARK_NOTEBOOKS),
    root: env.TIDEMARK_NOTEBOOKS_ROOT,
    sources: resolve(env.TIDEMARK_DRIVER),
    vault: vaultUrl && identityEndpoint && identityHeader ? { vaultUrl, identityEndpoint, identityHeader } : undefined,
    keys: keysFrom(env.TIDEMARK_JWKS_URL),
  }),
);
