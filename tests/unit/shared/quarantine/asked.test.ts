import { describe, expect, test } from 'vitest';
import type { QuarantinedRow } from '../../../../shared/contracts/quarantine';
import { askedRows } from '../../../../shared/quarantine/asked';

const row = (over: Partial<QuarantinedRow> = {}): QuarantinedRow => ({
  id: 'users.12.3',
  source: 'users',
  lane: null,
  window: '12',
  kind: 'row',
  file: null,
  line: null,
  reasons: ['gender_known'],
  payload: '{"Id":"9007199254740993","gender":null}',
  masked: false,
  state: 'open',
  decision: null,
  ...over,
});

describe('askedRows', () => {
  test('hands rows over as the source gave them, every value as text', () => {
    expect(askedRows([row(), row({ id: 'users.12.4', state: 'again' })])).toEqual([
      { id: 'users.12.3', window: '12', values: { Id: '9007199254740993', gender: null } },
      { id: 'users.12.4', window: '12', values: { Id: '9007199254740993', gender: null } },
    ]);
  });

  test('puts corrections over the columns of a single row, whatever their capitals', () => {
    expect(askedRows([row()], { ID: '7', gender: 'F' })[0]?.values).toEqual({ ID: '7', gender: 'F' });
    expect(() => askedRows([row(), row()], { gender: 'F' })).toThrow('corrections are for a single row');
  });

  test.each(['replayed', 'discarded'] as const)('refuses a row that is %s', (state) => {
    expect(() => askedRows([row({ state })])).toThrow(`it is ${state} already`);
  });

  test('takes a line that is no row only with the columns that it should have had', () => {
    const line = row({ kind: 'line', payload: 'xx,too,many,fields' });
    expect(() => askedRows([line])).toThrow('would be none again');
    expect(askedRows([line], { code: 'xx' })[0]?.values).toEqual({ code: 'xx' });
  });
});
