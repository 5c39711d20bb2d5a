import { describe, expect, test } from 'vitest';
import { masked } from '../../../../shared/quarantine/mask';
import { shopCatalog } from '../../../support/shop';

const table = (name: string) => {
  const found = shopCatalog().tables.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
};

describe('masked', () => {
  test('hides what belongs to a class of personal data, and what the catalog does not know', () => {
    const payload = JSON.stringify({
      IdentifierHash: '-123',
      country: 'France',
      seniority: '3',
      extra: 'x',
      gender: null,
    });
    const { payload: shown, masked: did } = masked(table('users'), 'row', payload);
    expect(did).toBe(true);
    expect(JSON.parse(shown)).toEqual({
      IdentifierHash: '•••',
      country: '•••',
      seniority: '3',
      extra: '•••',
      gender: null,
    });
  });

  test('hides a line that is no row whole, since nobody knows what is where in it', () => {
    expect(masked(table('users'), 'line', '-123,France')).toEqual({ payload: '•••', masked: true });
  });

  test('leaves a table without personal data as it is', () => {
    expect(masked(table('countries'), 'line', 'xx,too,many')).toEqual({ payload: 'xx,too,many', masked: false });
  });
});
