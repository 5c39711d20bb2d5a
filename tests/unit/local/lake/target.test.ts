import { join, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDirectory, parseTarget } from '../../../../local/lake/target';

describe('the target of a lake request', () => {
  test.each([
    ['/tidemarklake/landing/a/b.csv', { container: 'landing', path: 'a/b.csv' }],
    ['/landing/a/b.csv?mode=legacy', { container: 'landing', path: 'a/b.csv' }],
    ['/tidemarklake/landing?restype=container', { container: 'landing', path: '' }],
    ['/tidemarklake/?comp=list', { container: '', path: '' }],
    ['/tidemarklake/landing/with%20space/%C3%A9%25.csv', { container: 'landing', path: 'with space/é%.csv' }],
    ['/tidemarklake/landing/a%2Fb//c/', { container: 'landing', path: 'a/b/c' }],
  ])('%s is understood, with the account segment or without', (raw, target) => {
    expect(parseTarget(raw, 'tidemarklake')).toEqual(target);
  });

  test.each([
    '/tidemarklake/landing/../secret',
    '/tidemarklake/landing/%2e%2e/secret',
    '/tidemarklake/landing/..%2f..%2fetc%2fpasswd',
    '/tidemarklake/landing/a/%2e/b',
    '/tidemarklake/landing/a%00.csv',
    '/tidemarklake/landing/a%5c..%5cb',
    '/tidemarklake/landing/a\\b',
    '/tidemarklake/landing/%zz',
    '/tidemarklake/../vault/secrets',
    '/tidemarklake/%2e%2e/vault',
    '/tidemarklake/Landing/a',
    '/tidemarklake/subscriptions.json',
  ])('%s is refused', (raw) => {
    expect(() => parseTarget(raw, 'tidemarklake')).toThrow(/does not represent any resource/);
  });

  test('never leads out of its container, whatever is sent', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2E%2e',
      '%2f',
      '/',
      '\\',
      '%5c',
      '%00',
      'a',
      '%25',
      '%252e',
      '~',
      ' ',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        let path: string;
        try {
          path = parseTarget(`/tidemarklake/landing/${pieces.join('')}`, 'tidemarklake').path;
        } catch {
          return true;
        }
        const file = join('/lake/landing', path);
        return file === '/lake/landing' || file.startsWith(`/lake/landing${sep}`);
      }),
      { numRuns: 2000 },
    );
  });

  test('checks the directory of a list in the same way', () => {
    expect(parseDirectory('/a/b/')).toBe('a/b');
    expect(() => parseDirectory('a/../../b')).toThrow(/dot segments/);
  });
});
