import { describe, expect, test } from 'vitest';
import { fileName } from '../../../cli/commands/datasets';
import { type Columns, formatOf, renderList } from '../../../cli/print';

const rows = [
  { name: 'users', said: 'one, "two"\nthree' },
  { name: 'a', said: '' },
];
const columns: Columns<(typeof rows)[number]> = [
  ['name', ({ name }) => name],
  ['said', ({ said }) => said],
];

describe('renderList', () => {
  test('aligns a table and cuts the blanks at its right edge', () => {
    expect(
      renderList(
        'table',
        [
          { name: 'users', said: 'x' },
          { name: 'a', said: '' },
        ],
        columns,
      ),
    ).toBe('NAME   SAID\nusers  x\na\n');
  });

  test('quotes what CSV needs quoted', () => {
    expect(renderList('csv', rows, columns)).toBe('name,said\nusers,"one, ""two""\nthree"\na,\n');
  });

  test('gives JSON whole, whatever the columns show', () => {
    expect(JSON.parse(renderList('json', rows, []))).toEqual(rows);
  });

  test('says in a table that there is nothing, and keeps quiet for programs', () => {
    expect(renderList('table', [], columns)).toBe('Nothing to show.\n');
    expect(renderList('csv', [], columns)).toBe('name,said\n');
  });
});

test('an unknown format ends with the code of a wrong command', () => {
  expect(() => formatOf('xml')).toThrow(expect.objectContaining({ exitCode: 2, code: 'USAGE' }));
});

describe('fileName', () => {
  test.each([
    ['attachment; filename="Buyers-repartition-by-country.csv"', 'Buyers-repartition-by-country.csv'],
    ["attachment; filename*=UTF-8''Countries%20%28C2C%29.csv", 'Countries (C2C).csv'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="..\\\\..\\\\evil.csv"', 'evil.csv'],
    ['attachment; filename=".."', undefined],
    ['attachment', undefined],
  ])('reads %s as %s', (header, name) => {
    expect(fileName(header)).toBe(name);
  });
});
