import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ProblemCode } from '../../shared/contracts/problem';

test('docs/errors.md explains every code and no other', () => {
  const text = readFileSync(join(__dirname, '../../docs/errors.md'), 'utf8');
  const explained = [...text.matchAll(/^## ([A-Z_]+)$/gm)].map(([, code]) => code);
  expect(explained).toEqual(ProblemCode.options);
});
