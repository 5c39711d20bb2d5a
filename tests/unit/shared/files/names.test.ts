import { describe, expect, test } from 'vitest';
import { hostileName, visibleName } from '../../../../shared/files/names';
import { keptPath } from '../../../../shared/windows/paths';

const HOSTILE = [
  '../up.csv',
  '..\\up.csv',
  '/etc/passwd',
  'C:\\x.csv',
  'a/b.csv',
  'a\0b.csv',
  'a\nb.csv',
  '%2e%2e%2fup.csv',
  'a..csv',
  '..',
  '.',
  '.hidden',
  'a.csv.',
  'a.csv ',
  ' a.csv',
  'gpj\u202e.csv',
  'a\u200bb.csv',
  'a\ud800b.csv',
  'a?b.csv',
  'a*b.csv',
  'a:b.csv',
  'a|b.csv',
  '$(id).csv',
  '`id`.csv',
  '<b>.csv',
  'a"b.csv',
  '@{pipeline()}.csv',
  '',
  `${'x'.repeat(4096)}.csv`,
];

describe('a name that could mean harm', () => {
  test.each(HOSTILE.map((name) => [JSON.stringify(name).slice(0, 40), name]))('%s is refused', (_shown, name) => {
    expect(hostileName(name)).not.toBeNull();
    expect(visibleName(name)).not.toMatch(/[\p{C}\u2028\u2029]/u);
    expect(visibleName(name).length).toBeLessThanOrEqual(255);
  });

  test.each([
    'a.csv',
    'Countries-with-Top-Sellers-(Fashion-C2C).csv',
    'Umsätze 2026, Köln & Łódź.csv.gz',
    '報告_2026-01-01.zip',
    '_SUCCESS',
  ])('%s is plain', (name) => {
    expect(hostileName(name)).toBeNull();
    expect(keptPath('s', 'a'.repeat(64), name).split('/')).toHaveLength(4);
  });
});
