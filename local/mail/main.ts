import { run } from '../http/run';
import { keysFrom } from '../http/token';
import { mail } from './mail';

void run('mail', 7406, (state, url) => mail(state, url, keysFrom(process.env['TIDEMARK_JWKS_URL'])));
