import { describe, expect, test } from 'vitest';
import { scrub } from '../../../../shared/azure/scrub';

describe('a scrubbed text', () => {
  test.each([
    ['a password in a connection string', 'Server=db;Password=hunter2-x;Port=1', 'hunter2-x'],
    ['a quoted password', 'connect({"password":"hunter2 x"})', 'hunter2 x'],
    ['an account key', 'AccountKey=abc/def+ghi==;EndpointSuffix=core', 'abc/def+ghi'],
    ['a signature of a SAS', 'https://x.blob.core.windows.net/a?sv=1&sig=Abc%2Fdef%3D&se=2', 'Abc%2Fdef'],
    ['a bearer token', 'authorization: Bearer abcdefgh12345678', 'abcdefgh12345678'],
    ['a JSON web token', 'token eyJhbGciOiJSUzI1NiJ9.eyJvaWQiOiIxIn0.c2ln was refused', 'eyJvaWQiOiIxIn0'],
    ['a Databricks token', 'dapi0123456789abcdef0123456789abcdef', '0123456789abcdef'],
    ['a password in a URL', 'sftp://etl:hunter2@files:22/out', 'hunter2'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', 'MIIE'],
    ['a client secret', 'client_secret=s3cr3t~x&scope=y', 's3cr3t~x'],
    ['an address of a person', "Duplicate entry 'ann.lee@example.org' for key", 'ann.lee@example.org'],
  ])('is without %s', (_name, text, secret) => {
    expect(text).toContain(secret);
    expect(scrub(text)).not.toContain(secret);
  });

  test.each([
    "Access denied for user 'etl'@'10.0.0.4' (using password: YES)",
    "Failed to get the secret 'db-password' from the key vault https://kv.vault.azure.net/",
    'Unknown column password in field list',
  ])('keeps what is no secret: %s', (text) => {
    expect(scrub(text)).toBe(text);
  });

  test('is cut to 2,000 characters after the secrets are gone', () => {
    const text = scrub(`${'a '.repeat(993)}password=hunter2${' b'.repeat(2000)}`);
    expect(text).toHaveLength(2000);
    expect(text).not.toContain('hunter2');
  });
});
