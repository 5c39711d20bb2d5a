import { describe, expect, test } from 'vitest';
import { reconcile } from '../../../../shared/gold/reconcile';

const table = (...rows: (string | null)[][]) => ({ columns: ['country', 'buyers', 'ratio'], rows });
const compare = (ours: (string | null)[][], theirs: (string | null)[][], tolerance = '0') =>
  reconcile(table(...ours), table(...theirs), ['country'], tolerance);

describe('reconcile', () => {
  test('counts the cells of the partner and finds equal tables equal, whatever their order', () => {
    const rows = [
      ['France', '2', '0.5'],
      ['Suisse', '1', null],
    ];
    expect(compare(rows, [...rows].reverse())).toEqual({ cells: 6, differences: [] });
  });

  test('compares numbers as numbers and not as text', () => {
    expect(compare([['France', '2.0', '26.080']], [['France', '2', '26.08']]).differences).toEqual([]);
  });

  test('is exact past the digits of a double', () => {
    const { differences } = compare([['France', '9007199254740993', '1']], [['France', '9007199254740992', '1']]);
    expect(differences).toEqual([
      { key: 'France', column: 'buyers', ours: '9007199254740993', theirs: '9007199254740992' },
    ]);
  });

  test.each([
    ['0.01', 0],
    ['0.009', 1],
  ])('lets numbers differ by a tolerance of %s', (tolerance, count) => {
    expect(compare([['France', '1', '0.51']], [['France', '1', '0.50']], tolerance).differences).toHaveLength(count);
  });

  test('takes an empty cell as NULL, which equals no number', () => {
    expect(compare([['France', '', '1']], [['France', null, '1']]).differences).toEqual([]);
    expect(compare([['France', '0', '1']], [['France', null, '1']]).differences).toHaveLength(1);
  });

  test('reports every cell of a row that we lack and once a row that the partner lacks', () => {
    const { differences } = compare([['Suisse', '1', '1']], [['France', '1', '1']]);
    expect(differences.filter(({ ours }) => ours === undefined)).toHaveLength(3);
    expect(differences.filter(({ theirs }) => theirs === undefined)).toMatchObject([{ key: 'Suisse' }]);
  });
});
