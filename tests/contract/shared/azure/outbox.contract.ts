import { expect, test } from 'vitest';
import { ProblemError } from '../../../../shared/errors';
import type { Letter } from '../../../../shared/ports/mail';
import type { Outbox } from '../../../../shared/ports/outbox';
import { type Clock, clock } from './clock';

const letter = (subject: string): Letter => ({ to: ['data@example.org'], subject, text: subject, html: '' });

/** What every outbox promises; each test gets an empty one. */
export function outboxContract(make: (time: Clock) => Promise<Outbox>): void {
  test('letters wait oldest first and are listed newest first', async () => {
    const time = clock();
    const outbox = await make(time);
    for (const name of ['a', 'b', 'c']) {
      await outbox.queue(`run/1:${name}`, letter(name));
      time.pass(1);
    }
    const subjects = (entries: { letter: Letter }[]) => entries.map((entry) => entry.letter.subject);
    expect(subjects(await outbox.pending(2))).toEqual(['a', 'b']);
    expect(subjects(await outbox.list(2))).toEqual(['c', 'b']);
  });

  test('a key that was queued before changes nothing, sent or not', async () => {
    const time = clock();
    const outbox = await make(time);
    await outbox.queue('k', letter('first'));
    time.pass(60);
    await outbox.queue('k', letter('second'));
    expect(await outbox.pending(5)).toMatchObject([{ key: 'k', letter: { subject: 'first' }, sent: null }]);
    await outbox.sent('k');
    await outbox.queue('k', letter('third'));
    expect(await outbox.pending(5)).toEqual([]);
    expect(await outbox.list(5)).toHaveLength(1);
  });

  test('a sent letter waits no longer and keeps the time it was sent first', async () => {
    const time = clock();
    const outbox = await make(time);
    await outbox.queue('k', letter('x'));
    time.pass(60);
    const sent = time.now().toISOString();
    await outbox.sent('k');
    time.pass(60);
    await outbox.sent('k');
    expect(await outbox.pending(5)).toEqual([]);
    expect(await outbox.list(5)).toMatchObject([{ key: 'k', sent }]);
  });

  test('a letter that was not taken waits for its next turn, behind the others, and says why', async () => {
    const time = clock();
    const outbox = await make(time);
    for (const name of ['a', 'b', 'c']) await outbox.queue(name, letter(name));
    const keys = async (limit: number) => (await outbox.pending(limit)).map(({ key }) => key);
    time.pass(1);
    await outbox.failed('a', 'MAIL_UNREACHABLE', time.now());
    const again = new Date(time.now().getTime() + 60_000);
    await outbox.failed('b', 'MAIL_FAILED', again);
    expect(await keys(5)).toEqual(['c', 'a']);
    expect(await outbox.list(5)).toContainEqual(
      expect.objectContaining({ key: 'b', sent: null, failed: 'MAIL_FAILED', again: again.toISOString() }),
    );
    time.pass(60);
    expect(await keys(5)).toEqual(['c', 'a', 'b']);
    for (const key of ['a', 'b']) await outbox.sent(key);
    await outbox.failed('a', 'MAIL_FAILED', again);
    expect(await keys(5)).toEqual(['c']);
    expect(await outbox.list(5)).toContainEqual(expect.objectContaining({ key: 'b', failed: null, again: null }));
  });

  test('a long letter comes back whole', async () => {
    const outbox = await make(clock());
    const long = { ...letter('x'), html: '<p>é😀</p>'.repeat(8000) };
    await outbox.queue('k', long);
    expect((await outbox.pending(1))[0]?.letter).toEqual(long);
  });

  test('a key that was never queued cannot be sent', async () => {
    await expect((await make(clock())).sent('nobody')).rejects.toBeInstanceOf(ProblemError);
  });
}
