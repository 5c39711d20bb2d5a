import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { page } from '../../bench/page/page';
import { readResults } from '../../bench/page/results';

test('the page of the benchmarks says what their results say', () => {
  expect(readFileSync(join(__dirname, '../../bench/README.md'), 'utf8')).toBe(page(readResults()));
});
