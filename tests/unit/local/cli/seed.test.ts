import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { seed } from '../../../../local/cli/actions';
import { demoMark } from '../../../../local/cli/demoMark';
import { fillShop } from '../../../../local/cli/shop';
import type { Layout } from '../../../../local/supervisor/layout';

vi.mock('../../../../local/cli/running', () => ({ needRunning: async () => ({}) }));
vi.mock('../../../../local/cli/shop', () => ({ fillShop: vi.fn() }));

const asked = { users: '10', seed: '1', replace: true };
let layout: Layout;

beforeEach(async () => {
  layout = { state: await mkdtemp(join(tmpdir(), 'seed-')) } as Layout;
  await writeFile(demoMark(layout), '{}');
});
afterEach(() => rm(layout.state, { recursive: true }));

test('a shop that is filled by hand is no demonstration any more, so that the next one does not remove it', async () => {
  vi.mocked(fillShop).mockResolvedValue({ kind: 'seeded', users: 10, reports: [], origin: 'generated' } as never);
  await seed(layout, asked, () => undefined);
  expect(existsSync(demoMark(layout))).toBe(false);
});

test('one that is not filled stays as it is', async () => {
  vi.mocked(fillShop).mockResolvedValue({ kind: 'occupied', users: 10 } as never);
  await expect(seed(layout, asked, () => undefined)).rejects.toMatchObject({ code: 'OCCUPIED' });
  expect(existsSync(demoMark(layout))).toBe(true);
});
