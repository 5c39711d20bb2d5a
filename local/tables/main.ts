import { endOnSignal } from '../http/run';
import { keysFrom } from '../http/token';
import { tables } from './tables';

async function main(): Promise<void> {
  const state = process.env['TIDEMARK_STATE'];
  if (!state) throw new Error('tables needs TIDEMARK_STATE, the directory that holds the local Azure’s state');
  const served = await tables(
    state,
    Number(process.env['TIDEMARK_PORT'] ?? 7407),
    keysFrom(process.env['TIDEMARK_JWKS_URL']),
  );
  endOnSignal(() => served.close());
  console.log(`tables listens on ${served.url}`);
}

void main();
