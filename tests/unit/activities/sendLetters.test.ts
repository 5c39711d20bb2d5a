import { describe, expect, test } from 'vitest';
import { sendLetters } from '../../../activities/run/sendLetters';
import type { Surroundings } from '../../../activities/surroundings';
import { letters } from '../../../shared/alerts/letters';
import type { SourceReport } from '../../../shared/contracts/run';
import { TransientError } from '../../../shared/errors';
import { problem } from '../../../shared/problem';
import { nothingNew, stopped } from '../../../shared/runs/reports';
import { fakePorts } from '../../fakes/ports';

const letter = { to: ['a@example.com'], subject: 's', text: 't', html: 'h' };
const send = (ports: ReturnType<typeof fakePorts>) => sendLetters.handler(ports, {} as Surroundings)(null);

describe('sendLetters', () => {
  test('sends each letter once, however often it is called', async () => {
    const ports = fakePorts();
    await ports.outbox.queue('k', letter);
    await ports.outbox.queue('k', letter);
    expect(await send(ports)).toEqual({ sent: 1, waiting: 0 });
    expect(await send(ports)).toEqual({ sent: 0, waiting: 0 });
    expect(ports.mail.taken).toHaveLength(1);
  });

  test('keeps what the service does not take for later, and fails nothing', async () => {
    const ports = fakePorts();
    await ports.outbox.queue('k', letter);
    const full = problem('INTERNAL', 'mail', 'quota.', 'Wait.', true);
    const refusing = { ...ports, mail: { send: () => Promise.reject(new TransientError(full)) } };
    expect(await sendLetters.handler(refusing, {} as Surroundings)(null)).toEqual({ sent: 0, waiting: 1 });
    expect(await send(ports)).toEqual({ sent: 1, waiting: 0 });
  });
});

describe('letters', () => {
  const run = '20260101T000000-0000abcd';
  const told = (...parts: SourceReport[]) => letters(run, parts, ['a@example.com'], 'https://x');

  test('writes none when there is nothing to tell', () => {
    expect(told(nothingNew('users'))).toEqual([]);
  });

  test('writes one for a run, however many of its sources failed', () => {
    const failed = (name: string) => stopped(name, 'failed', problem('SOURCE_ACCESS', name, 'no.', 'Mend it.'));
    const written = told(failed('a'), failed('b'));
    expect(written).toMatchObject([
      { key: `${run}/failed`, letter: { subject: expect.stringMatching(/failed: a, b$/) } },
    ]);
  });

  test('lets nothing in a name or an error become a header or markup', () => {
    const evil = problem('SOURCE_ACCESS', 'x\r\nBcc: y@example.com', '<img onerror=alert(1)>', '</p>');
    const [one] = told(stopped('x', 'failed', evil));
    expect(one?.letter.subject).not.toMatch(/[\r\n]/);
    expect(one?.letter.html).not.toContain('<img');
    expect(one?.letter.to).toEqual(['a@example.com']);
  });
});
