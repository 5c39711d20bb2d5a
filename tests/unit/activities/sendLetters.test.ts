import { describe, expect, test } from 'vitest';
import { sendLetters } from '../../../activities/run/sendLetters';
import type { Surroundings } from '../../../activities/surroundings';
import { letters } from '../../../shared/alerts/letters';
import type { SourceReport } from '../../../shared/contracts/run';
import { ProblemError, TransientError, WaitError } from '../../../shared/errors';
import type { Letter } from '../../../shared/ports/mail';
import type { Ports } from '../../../shared/ports/ports';
import { problem } from '../../../shared/problem';
import { nothingNew, stopped } from '../../../shared/runs/reports';
import { fakePorts } from '../../fakes/ports';

const letter = { to: ['a@example.com'], subject: 's', text: 't', html: 'h' };
const send = (ports: Ports) => sendLetters.handler(ports, {} as Surroundings)(null);

describe('sendLetters', () => {
  test('sends each letter once, however often it is called', async () => {
    const ports = fakePorts();
    await ports.outbox.queue('k', letter);
    await ports.outbox.queue('k', letter);
    expect(await send(ports)).toEqual({ sent: 1, waiting: 0, failed: [] });
    expect(await send(ports)).toEqual({ sent: 0, waiting: 0, failed: [] });
    expect(ports.mail.taken).toHaveLength(1);
  });

  test('keeps what the service does not take for later, and fails nothing', async () => {
    const ports = fakePorts();
    await ports.outbox.queue('k', letter);
    const away = problem('MAIL_UNREACHABLE', 'mail', 'no answer.', 'Wait.', true);
    const refusing = { ...ports, mail: { send: () => Promise.reject(new TransientError(away)) } };
    const failed = [{ letter: 'k', code: 'MAIL_UNREACHABLE' }];
    expect(await sendLetters.handler(refusing, {} as Surroundings)(null)).toEqual({ sent: 0, waiting: 1, failed });
    expect(await send(ports)).toEqual({ sent: 1, waiting: 0, failed: [] });
  });

  test('no letter holds another one back, however many are refused, and none is sent twice', async () => {
    let minutes = 0;
    const ports = fakePorts(() => new Date(Date.UTC(2026, 0, 1, 0, minutes)));
    const tried: string[] = [];
    const bad = problem('MAIL_FAILED', 'mail', 'no such address.', 'Correct it.');
    const picky = {
      ...ports,
      mail: {
        send: async (one: Letter, key: string) => {
          tried.push(key);
          if (key.startsWith('bad')) throw new ProblemError(bad);
          return ports.mail.send(one, key);
        },
      },
    };
    for (const key of ['bad1', 'good1', 'bad2', 'bad3', 'bad4', 'bad5', 'good2']) {
      await ports.outbox.queue(key, letter);
      minutes += 1;
    }
    const refused = (...keys: string[]) => keys.map((key) => ({ letter: key, code: 'MAIL_FAILED' }));
    expect(await send(picky)).toEqual({ sent: 1, waiting: 4, failed: refused('bad1', 'bad2', 'bad3', 'bad4') });
    expect(await send(picky)).toEqual({ sent: 1, waiting: 1, failed: refused('bad5') });
    expect(await send(picky), 'not again within the hour').toEqual({ sent: 0, waiting: 0, failed: [] });
    expect(tried.filter((key) => key.startsWith('good'))).toEqual(['good1', 'good2']);
    minutes += 61;
    expect(await send(picky)).toMatchObject({ sent: 0, waiting: 5 });
  });

  test('a service that asks to wait is asked for nothing more', async () => {
    const ports = fakePorts();
    let asked = 0;
    const full = problem('MAIL_UNREACHABLE', 'mail', 'quota.', 'Wait.', true);
    const busy = {
      ...ports,
      mail: {
        send: async () => {
          asked += 1;
          throw new WaitError(full, 3600);
        },
      },
    };
    for (const key of ['a', 'b']) await ports.outbox.queue(key, letter);
    expect(await send(busy)).toEqual({ sent: 0, waiting: 2, failed: [] });
    expect(asked).toBe(1);
    expect(await ports.outbox.pending(2)).toMatchObject([{ key: 'a' }, { key: 'b' }]);
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
