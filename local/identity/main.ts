import { run } from '../http/run';
import { identity } from './identity';

void run('identity', 7401, identity);
