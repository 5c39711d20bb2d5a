import { expect, test } from 'vitest';
import { planWindow } from '../../../activities/source/planWindow';
import type { InputFile } from '../../../shared/contracts/window';
import { fakePorts } from '../../fakes/ports';
import { aTask, surroundings } from '../../support/activities';
import { shopCatalog } from '../../support/shop';
import { aWindow } from '../../support/windows';

const version = (sha: string): InputFile => ({
  path: `_raw/${sha}/a.csv`,
  name: 'a.csv',
  bytes: '1',
  sha256: sha.repeat(64),
});

test.each([
  ['partner_buyers', 'sftp', '2'],
  ['countries', 'blob', '1'],
] as const)(
  'of two versions of a file, a window of %s reads the one that its table asks for',
  async (source, kind, sha) => {
    const { version: _, ...content } = shopCatalog();
    const ports = fakePorts(() => new Date('2026-01-01T00:00:10Z'));
    await ports.catalogs.publish(content, 'test');
    const task = aTask({ source, kind });
    await ports.ledger.acquire(source, task.run, 300);
    const lease = { source, holder: task.run, fence: '1' };
    await ports.ledger.plan(lease, aWindow({ source, mode: 'files', files: [version('1')] }));
    await planWindow.handler(ports, surroundings)({ task, lease, files: [version('2')] });
    expect(await ports.ledger.open(source)).toMatchObject({ attempt: '2', files: [version(sha)] });
  },
);
