import { join } from 'node:path';
import { type Life, type Lived, live } from '../sources/live';
import { type Seeded, type Stock, seed } from '../sources/seed';
import { shopUrl } from '../supervisor/stack';
import type { Running } from './running';

/** Fills the shop of a running stack. */
export const fillShop = ({ stack }: Running, stock: Stock, replace: boolean): Promise<Seeded> =>
  seed({
    mysql: shopUrl(stack),
    reports: join(stack.layout.state, 'sftp/reports'),
    work: join(stack.layout.state, 'sources'),
    stock,
    replace,
  });

/** Lets the shop of a running stack live for a while. */
export const letLive = ({ stack }: Running, life: Life): Promise<Lived> => live(shopUrl(stack), life);
