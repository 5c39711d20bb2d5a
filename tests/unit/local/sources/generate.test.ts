import { describe, expect, test } from 'vitest';
import { countriesCsv } from '../../../../local/sources/countriesCsv';
import { generateUsers } from '../../../../local/sources/generate';
import { csvLine, userColumns } from '../../../../local/sources/user';

const users = [...generateUsers(3000, 7)];
const above = (column: 'productsSold' | 'productsBought', least: number) =>
  users.filter((user) => Number(user[column]) >= least).length;

describe('generateUsers', () => {
  test('gives the same shop for the same seed, byte for byte, and another for another', () => {
    expect(Array.from(generateUsers(50, 7), csvLine)).toEqual(users.slice(0, 50).map(csvLine));
    expect(Array.from(generateUsers(50, 8), csvLine)).not.toEqual(users.slice(0, 50).map(csvLine));
  });

  test('gives ids that a JavaScript number or a naive formula filter would break', () => {
    const ids = users.map((user) => user.identifierHash);
    expect(new Set(ids).size).toBe(3000);
    expect(ids.filter((id) => id.startsWith('-')).length).toBeGreaterThan(1000);
    expect(ids.filter((id) => String(Number(id)) !== id).length).toBeGreaterThan(2500);
    expect(ids.every((id) => BigInt.asIntN(64, BigInt(id)) === BigInt(id))).toBe(true);
  });

  test('fills every published table: buyers, sellers of both sexes, and top ones', () => {
    expect(above('productsBought', 1)).toBeGreaterThan(100);
    expect(above('productsBought', 10)).toBeGreaterThan(10);
    expect(above('productsSold', 1)).toBeGreaterThan(50);
    expect(above('productsSold', 20)).toBeGreaterThan(5);
    expect(above('productsBought', 1)).toBeLessThan(1500);
    expect(new Set(users.map(({ gender }) => gender))).toEqual(new Set(['F', 'M']));
  });

  test('gives columns that agree with one another and need no quotes', () => {
    for (const user of users) {
      expect(user.hasAnyApp).toBe(user.hasIosApp === 'True' || user.hasAndroidApp === 'True' ? 'True' : 'False');
      expect({ F: ['2', '3'], M: ['1'] }[user.gender]).toContain(user.civilityGenderId);
      expect(csvLine(user).split(',')).toHaveLength(userColumns.length);
    }
  });
});

test('the file of countries names every country of the shop once', () => {
  const lines = countriesCsv().trimEnd().split('\n');
  expect(lines[0]).toBe('code,name');
  expect(lines).toContain('se,Suède');
  for (const { countryCode, country } of users) expect(lines).toContain(`${countryCode},${country}`);
  expect(new Set(lines).size).toBe(lines.length);
});
