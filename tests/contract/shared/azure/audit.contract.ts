import { expect, test } from 'vitest';
import type { AuditEntry } from '../../../../shared/contracts/audit';
import type { Audit } from '../../../../shared/ports/audit';

const entry = (id: string, over: Partial<AuditEntry> = {}): AuditEntry => ({
  id,
  at: '2026-11-22T18:15:00.000Z',
  actor: 'ann',
  action: 'run.start',
  subject: 'users',
  reason: 'because',
  asked: '{}',
  outcome: 'asked',
  before: '',
  after: '',
  ...over,
});
const A = '20261122T181500-aaaaaaaa';
const B = '20261122T181501-bbbbbbbb';

/** What every audit promises. */
export function auditContract(make: () => Promise<Audit>): void {
  test('the same key again answers the entry that is there, and adds none', async () => {
    const audit = await make();
    expect(await audit.open('k / ?', entry(A))).toEqual(entry(A));
    expect(await audit.open('k / ?', entry(B, { reason: 'other' }))).toEqual(entry(A));
    expect(await audit.list(10)).toEqual([entry(A)]);
  });

  test('of two that open one key at once, both get the same entry', async () => {
    const audit = await make();
    const [one, other] = await Promise.all([audit.open('k', entry(A)), audit.open('k', entry(B))]);
    expect(one).toEqual(other);
    expect(await audit.list(10)).toHaveLength(1);
  });

  test('what became of an entry is added: a refusal until it is done, and then no more', async () => {
    const audit = await make();
    await audit.open('k', entry(A));
    const one = async () => (await audit.list(10))[0];
    await audit.close(A, { outcome: 'refused', before: '', after: 'busy' });
    expect(await one()).toEqual(entry(A, { outcome: 'refused', after: 'busy' }));
    await audit.close(A, { outcome: 'done', before: 'was', after: 'is' });
    await audit.close(A, { outcome: 'refused', before: 'other', after: 'other' });
    expect(await one()).toEqual(entry(A, { outcome: 'done', before: 'was', after: 'is' }));
    await expect(audit.close(B, { outcome: 'done', before: '', after: '' })).rejects.toThrow('NOT_FOUND');
  });

  test('entries are listed newest first, and on from one of them', async () => {
    const audit = await make();
    await audit.open('a', entry(A));
    await audit.open('b', entry(B));
    expect((await audit.list(1)).map(({ id }) => id)).toEqual([B]);
    expect((await audit.list(5, B)).map(({ id }) => id)).toEqual([A]);
  });
}
