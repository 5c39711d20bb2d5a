import { run } from '../http/run';
import { keysFrom } from '../http/token';
import { vault } from './vault';

void run('vault', 7402, async (state, url) => vault(state, url, keysFrom(process.env['TIDEMARK_JWKS_URL'])));
