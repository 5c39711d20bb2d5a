import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { computeReports } from '../../../../local/sources/reports';
import { csvLine, type User, userColumns } from '../../../../local/sources/user';

const nobody: User = {
  identifierHash: '1',
  type: 'user',
  country: 'France',
  language: 'fr',
  socialNbFollowers: '3',
  socialNbFollows: '8',
  socialProductsLiked: '0',
  productsListed: '0',
  productsSold: '0',
  productsPassRate: '0.0',
  productsWished: '0',
  productsBought: '0',
  gender: 'F',
  civilityGenderId: '2',
  civilityTitle: 'mrs',
  hasAnyApp: 'False',
  hasAndroidApp: 'False',
  hasIosApp: 'False',
  hasProfilePicture: 'True',
  daysSinceLastLogin: '11',
  seniority: '3000',
  seniorityAsMonths: '100',
  seniorityAsYears: '8.33',
  countryCode: 'fr',
};

/** Worked out by hand, with a calculator, from the published formulas. */
const people: Partial<User>[] = [
  { productsBought: '12', productsWished: '8', socialProductsLiked: '7', daysSinceLastLogin: '20' },
  { productsBought: '1', gender: 'M', socialProductsLiked: '1' },
  { country: 'Suisse', productsBought: '2', productsWished: '3' },
  {
    country: 'Suède',
    productsSold: '21',
    productsListed: '4',
    productsPassRate: '50.5',
    hasAnyApp: 'True',
    hasIosApp: 'True',
  },
  { country: 'Suède', productsSold: '2', productsPassRate: '0.0', hasAnyApp: 'True' },
  { country: 'Suède', productsSold: '1', productsListed: '1', seniority: '3001' },
  { country: 'Suisse', productsListed: '2', gender: 'M' },
];

let folder: string;
let texts: Map<string, string>;
const table = (name: string) => {
  const [head = '', ...lines] = (texts.get(name) ?? '').trimEnd().split('\n');
  const columns = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [columns[at], cell])));
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-'));
  const file = join(folder, "it's users.csv");
  const rows = people.map((person, at) => csvLine({ ...nobody, ...person, identifierHash: String(at) }));
  await writeFile(file, `${[userColumns.join(','), ...rows].join('\n')}\n`);
  texts = await computeReports(file);
});
afterAll(() => rm(folder, { recursive: true }));

describe('computeReports', () => {
  test('rounds halves up and leaves a ratio without a denominator empty', () => {
    const [france, switzerland] = table('Buyers-repartition-by-country.csv');
    expect(france).toMatchObject({ country: 'France', buyers: '2', topbuyers: '1', topbuyerratio: '50.0' });
    expect(france).toMatchObject({
      boughtperwishlistratio: '162.5',
      boughtperlikeratio: '162.5',
      meanofflinedays: '15.5',
    });
    expect(france).toMatchObject({ topboughtperlikeratio: '171.43', meanproductsbought: '6.5' });
    expect(switzerland).toMatchObject({
      topbuyers: '0',
      topbuyerratio: '0.0',
      topfemalebuyersratio: '',
      boughtperlikeratio: '',
    });
    expect(switzerland).toMatchObject({
      boughtperwishlistratio: '66.67',
      toptotalproductsbought: '0',
      topmeanproductsbought: '',
    });
  });

  test('orders the names of countries by their bytes and puts totals last', () => {
    const rows = table('Comparison-of-Sellers-by-Gender-and-Country.csv');
    expect(rows.map(({ country, sex }) => `${country}/${sex}`)).toEqual([
      'Suisse/Male',
      'Suède/Female',
      '/Female',
      '/Male',
      '/',
    ]);
  });

  test('cuts percentages, and leaves them empty where nobody has the app', () => {
    const [swiss, swedish] = table('Comparison-of-Sellers-by-Gender-and-Country.csv');
    expect(swedish).toMatchObject({
      percentofappusers: '66.0',
      percentofiosusers: '33.0',
      meansellerpassrate: '16.83',
    });
    expect(swedish).toMatchObject({ meanseniority: '3000.3333333333335', meanfollowers: '3.0' });
    expect(swiss).toMatchObject({ percentofappusers: '', percentofiosusers: '', meanproductssold: '0.0' });
  });

  test('cuts the long means after 24 decimals', () => {
    expect(table('Countries-with-Top-Sellers-(Fashion-C2C).csv')).toEqual([
      expect.objectContaining({
        country: 'Suède',
        sellers: '3',
        topsellers: '1',
        topsellerratio: '33.3',
        bestsoldratio: '5.25',
        countrysoldratio: '4.8',
        meanproductssold: '8.0',
        meanproductslisted: '1.666666666666666666666666',
      }),
    ]);
  });

  test('ends each file with a newline and quotes nothing', () => {
    for (const text of texts.values()) expect(text).toMatch(/^[^"\r]+\n$/);
  });
});
