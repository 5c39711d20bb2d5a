import { describe, expect, test } from 'vitest';
import { parseCatalog } from '../../../../shared/catalog/parse';
import { shopYaml } from '../../../support/shop';

const faultsOf = (from: string | RegExp, to: string) => {
  const text = shopYaml().replace(from, to);
  const parsed = parseCatalog(text);
  const faults = parsed.kind === 'faults' ? parsed.faults : [];
  return faults.map(({ line, what }) => ({ text: text.split('\n')[line - 1]?.trim(), what }));
};

describe('parseCatalog', () => {
  test('reads the shipped catalog', () => {
    expect(parseCatalog(shopYaml()).kind).toBe('catalog');
  });

  test.each([
    [
      'a table that is not there',
      'from: users\n    table: users',
      'from: users\n    table: customers',
      'table: customers',
      'table customers is unknown',
    ],
    [
      'a cursor column that is not there',
      'column: updated_at, kind',
      'column: changed_at, kind',
      /changed_at/,
      'column changed_at is unknown in table users',
    ],
    [
      'a tie-breaker that is not there',
      'cursor: { column: updated_at,',
      'cursor: { column: updated_at, tieBreaker: id,',
      /tieBreaker: id/,
      'column id is unknown in table users',
    ],
    [
      'windows of rows without a cursor',
      /cursor: .*\n/,
      'windows: { maxRows: 10 }\n',
      'windows: { maxRows: 10 }',
      'maxRows needs a cursor',
    ],
    [
      'deletions of a table that each window replaces',
      'key: [identifierHash]',
      'replace: true\n    key: [identifierHash]',
      /^deletes:/,
      'table users is replaced',
    ],
    [
      'a schedule that compares keys of sources that do not say how',
      'deletes: { mostShare: 0.05, mostRows: 100 }\n',
      '\n',
      /weekly_deletes.*deletes: true/,
      'no source of schedule weekly_deletes declares deletes',
    ],
    [
      'a connection of another kind',
      'connection: shop-db',
      'connection: partner-sftp',
      'connection: partner-sftp',
      'connection partner-sftp is of kind sftp',
    ],
    [
      'two writers of one table',
      'table: partner_buyers\n',
      'table: users\n',
      'table: users',
      'table users has two writers: users and partner_buyers',
    ],
    ['a cron that no clock understands', '0 0 2 * * *', '0 0 27 * * *', /27/, /cron 0 0 27/],
    ['a zone that is not on the map', 'zone: Europe/Paris', 'zone: Europe/Atlantis', /nightly/, /Atlantis/],
    [
      'a column without a personal-data class',
      '{ name: language, type: text, pii: quasi }',
      '{ name: language, type: text }',
      /language/,
      /pii/,
    ],
    [
      'a field that nobody knows',
      'kind: mysql\n    connection',
      'kind: mysql\n    colour: red\n    connection',
      /.*/,
      /colour/,
    ],
    [
      'a source declared twice',
      'name: partner_buyers\n    kind',
      'name: users\n    kind',
      'name: users',
      'sources: users is declared twice',
    ],
    [
      'a dataset that is needed and not there',
      'file: Users.csv',
      'needs: [nobody]\n    file: Users.csv',
      /nobody/,
      'dataset nobody is unknown',
    ],
    [
      'a dataset that needs itself',
      'file: Users.csv',
      'needs: [users]\n    file: Users.csv',
      /needs: \[users\]/,
      'datasets need each other in a circle: users',
    ],
    [
      'a burst that ends before its pause',
      'folder: countries',
      'folder: countries\n    debounce: { seconds: 60, atMost: 30 }',
      /debounce/,
      /atMost/,
    ],
    [
      'a column that Parquet has no name for',
      'name: seniority,',
      'name: "sen iority",',
      /sen iority/,
      /Parquet takes no/,
    ],
    ['an overlap that nobody knows', 'sources: all }', 'sources: all, overlap: kill }', /overlap/, /overlap/],
  ])('reports %s with its line', (_, from, to, line, what) => {
    const faults = faultsOf(from, to);
    expect(faults).toContainEqual({
      text: expect.stringMatching(line),
      what: expect.stringMatching(what),
    });
  });

  test('names the datasets of a circle, and not those that wait for it', () => {
    const circled = shopYaml()
      .replace('file: Users.csv', 'needs: [top_seller_countries]\n    file: Users.csv')
      .replace('notebook: gold/top_seller_countries', 'notebook: gold/top_seller_countries\n    needs: [users]')
      .replace('notebook: gold/buyers_by_country', 'notebook: gold/buyers_by_country\n    needs: [users]');
    const parsed = parseCatalog(circled);
    expect(parsed.kind === 'faults' && parsed.faults.map(({ what }) => what)).toEqual([
      'datasets need each other in a circle: users, top_seller_countries',
    ]);
  });

  test('reports broken YAML with its line', () => {
    const parsed = parseCatalog('shop: fashion\nsources: "never ended\n');
    expect(parsed.kind === 'faults' && parsed.faults[0]?.line).toBe(3);
  });
});
