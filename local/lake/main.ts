import { run } from '../http/run';
import { keysFrom } from '../http/token';
import { lake } from './lake';

void run('lake', 7403, (state, baseUrl) => lake({ state, baseUrl, keys: keysFrom(process.env['TIDEMARK_JWKS_URL']) }));
