import { expect, test } from 'vitest';
import type { Letter, Mail } from '../../../../shared/ports/mail';

export const LETTER: Letter = {
  to: ['ann@example.org', 'bob@example.org'],
  subject: 'Source users failed — é',
  text: 'what, where, why',
  html: '<p>what, where, why</p>',
};

/** A mail service and the subjects of what it has taken. */
export interface Post {
  readonly mail: Mail;
  subjects(): Promise<string[]>;
}

/** What every mail service promises; each test gets an empty one. */
export function mailContract(make: () => Promise<Post>): void {
  test('a letter is handed over once for a key, however often it is sent', async () => {
    const { mail, subjects } = await make();
    const first = await mail.send(LETTER, 'run-1|users|failed');
    expect(await mail.send(LETTER, 'run-1|users|failed')).toBe(first);
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await subjects()).toEqual([LETTER.subject]);
  });

  test('another key is another letter', async () => {
    const { mail, subjects } = await make();
    expect(await mail.send(LETTER, 'a')).not.toBe(await mail.send(LETTER, 'b'));
    expect(await subjects()).toHaveLength(2);
  });
}
