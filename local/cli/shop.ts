import { join } from 'node:path';
import { type Life, type Lived, live } from '../sources/live';
import { type Seeded, type Stock, seed } from '../sources/seed';
import type { Layout } from '../supervisor/layout';
import { type Running, shopUrlOf } from './running';

/** Fills the shop of a running stack. */
export const fillShop = (layout: Layout, running: Running, stock: Stock, replace: boolean): Promise<Seeded> =>
  seed({
    mysql: shopUrlOf(running),
    reports: join(layout.state, 'sftp/reports'),
    work: join(layout.state, 'sources'),
    stock,
    replace,
  });

/** Lets the shop of a running stack live for a while. */
export const letLive = (running: Running, life: Life): Promise<Lived> => live(shopUrlOf(running), life);
