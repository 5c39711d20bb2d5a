import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Table } from '../../../../shared/contracts/catalog';
import { subjectOf } from '../../../../shared/erasure/subject';

const table = (key: string[], direct: string[] = []): Table =>
  ({
    key,
    columns: key.map((name) => ({ name, type: 'text', pii: direct.includes(name) ? 'direct' : 'none' })),
  }) as unknown as Table;
const hash = (text: string) => createHmac('sha256', 'secret').update(text).digest('hex');

describe('subjectOf', () => {
  test('is a keyed hash: the key of a person is not in it, and another secret gives another', () => {
    expect(subjectOf(table(['id']), ['-42'], 'secret')).toBe(hash('-42'));
    expect(subjectOf(table(['id']), ['-42'], 'other')).not.toBe(hash('-42'));
  });

  test('takes a direct column as silver holds it, hashed', () => {
    expect(subjectOf(table(['email'], ['email']), ['a@example.com'], 'secret')).toBe(hash(hash('a@example.com')));
  });

  test('keeps the parts of a key apart', () => {
    const two = table(['a', 'b']);
    expect(subjectOf(two, ['x', 'yz'], 'secret')).not.toBe(subjectOf(two, ['xy', 'z'], 'secret'));
  });
});
